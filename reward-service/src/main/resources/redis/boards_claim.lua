-- One process at a time builds boards; each build has a higher number than all before.
-- KEYS[1] lock   KEYS[2] number of the last build   ARGV[1] how long each of its steps may take, in ms
-- Answers the number, or an empty text: somebody builds
if redis.call('EXISTS', KEYS[1]) == 1 then return '' end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local number = string.format('%.0f', math.max(now_ms, tonumber(redis.call('GET', KEYS[2]) or '0') + 1))
redis.call('SET', KEYS[2], number)
redis.call('SET', KEYS[1], number, 'PX', ARGV[1])
return number
