-- Adds marks of the ledger to an activity that is closed; a mark that is here stays as it is.
-- KEYS[1] state   KEYS[2] marks   ARGV[1] id of the rebuild   ARGV[2] how long the next step may take, in ms
-- ARGV[3...] field, time in ms, field, time in ms, ...
-- Answers 1; 0: the rebuild is void, because another has begun or Redis has
local state = redis.call('HMGET', KEYS[1], 'rebuild', 'rebuild_run')
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if state[1] ~= ARGV[1] or state[2] ~= run then return 0 end
for index = 3, #ARGV, 2 do redis.call('HSETNX', KEYS[2], ARGV[index], ARGV[index + 1]) end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[1], 'rebuild_until_ms', now_ms + tonumber(ARGV[2]))
return 1
