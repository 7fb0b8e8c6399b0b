-- Begins a session: a generation higher than any before. It follows the clock, so that it also is higher than those
-- which a Redis that came back empty has forgotten.
-- KEYS[1] the session; ARGV: player, seconds to remember it, channel of the news
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local last = tonumber(redis.call('HGET', KEYS[1], 'gen') or '0')
local generation = string.format('%.0f', math.max(last + 1, now))
redis.call('HSET', KEYS[1], 'gen', generation)
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[1] .. ':' .. generation)
return generation
