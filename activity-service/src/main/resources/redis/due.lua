-- The outbox entries that should be in Kafka by now.
-- KEYS[1] outbox   ARGV[1] age in ms from which an entry is due   ARGV[2] the most to answer
-- Answers {age of the oldest entry in ms (0: there is none), entries}
local oldest = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)
if not oldest[1] then return {0, {}} end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local age_ms = now_ms - tonumber(string.match(oldest[1][1], '^%d+'))
local newest = string.format('%.0f', now_ms - tonumber(ARGV[1]))
return {math.max(age_ms, 0), redis.call('XRANGE', KEYS[1], '-', newest, 'COUNT', ARGV[2])}
