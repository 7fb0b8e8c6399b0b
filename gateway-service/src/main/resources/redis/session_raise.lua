-- Begins a session: a generation higher than any before. It follows the clock, so that it also is higher than those
-- which a Redis that came back empty has forgotten. Refused while another session is live, if that is the policy.
-- KEYS[1] the session
-- ARGV: player, seconds to remember it, channel of the news, 1 to refuse, for how many ms a session is live untouched
-- Answers {'begun', generation, whether a live session ended}, or {'live', ms until it is away}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('HMGET', KEYS[1], 'gen', 'seen')
local rest = math.min(tonumber(known[2] or '0') + tonumber(ARGV[5]) - now, tonumber(ARGV[5]))
if rest > 0 and ARGV[4] == '1' then
  return {'live', string.format('%.0f', rest)}
end
local generation = string.format('%.0f', math.max(tonumber(known[1] or '0') + 1, now))
redis.call('HSET', KEYS[1], 'gen', generation, 'seen', string.format('%.0f', now))
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[1] .. ':' .. generation)
return {'begun', generation, rest > 0 and 1 or 0}
