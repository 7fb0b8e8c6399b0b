-- Takes attempts from what somebody has left of them, or gives them back. What was taken comes back by itself, evenly.
-- KEYS[1] what is left, and when that was so; ARGV: at most, ms in which all of them come back, taken (below 0: given)
-- Answers 0, or the ms to wait until there are as many
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local max, window, taken = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local known = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = max
if known[1] then
  left = math.min(max, tonumber(known[1]) + math.max(0, now - tonumber(known[2])) * max / window)
end
if taken > left then return math.ceil((taken - left) * window / max) end
left = math.min(max, left - taken)
if left >= max then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], math.ceil((max - left) * window / max))
end
return 0
