-- The live generation of a player of whom a genuine token is at hand. A lower or missing one was forgotten by Redis.
-- KEYS[1] the session; ARGV: generation of the token, seconds to remember it
local live = redis.call('HGET', KEYS[1], 'gen')
if not live or tonumber(live) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'gen', ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  return ARGV[1]
end
return live
