-- Ends a session by raising the generation, if no newer one has begun.
-- KEYS[1] the session; ARGV: player, seconds to remember it, channel of the news, generation of the token
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('HGET', KEYS[1], 'gen')
if known and tonumber(known) > tonumber(ARGV[4]) then return known end
local generation = string.format('%.0f', math.max(tonumber(ARGV[4]) + 1, now))
redis.call('HSET', KEYS[1], 'gen', generation)
redis.call('HDEL', KEYS[1], 'seen')
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[1] .. ':' .. generation .. ':out')
return generation
