-- Closes an activity whose counters are doubtful or not here, and makes one process the one that brings them back.
-- KEYS[1] state   ARGV[1] id of the rebuild   ARGV[2] run id of the Redis that it began with
-- ARGV[3] the least epoch that is believed    ARGV[4] how long the next step may take, in ms
-- Answers CLAIMED | OPEN (nothing to do) | BUSY (another has claimed it) | RESTARTED (begin again)
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if run ~= ARGV[2] then return 'RESTARTED' end
local state = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'rebuild_until_ms')
if state[1] == run and tonumber(state[2] or '0') >= tonumber(ARGV[3]) then return 'OPEN' end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if tonumber(state[3] or '0') > now_ms then return 'BUSY' end
-- To the other shards it is as if nothing were here: what one has lent another may be in both now.
redis.call('HDEL', KEYS[1], 'run', 'sure_until_ms', 'saved', 'taken', 'opening', 'plan', 'planned', 'share', 'dealt',
    'dealt_plan')
redis.call('HSET', KEYS[1], 'rebuild', ARGV[1], 'rebuild_run', run, 'rebuild_until_ms', now_ms + tonumber(ARGV[4]))
return 'CLAIMED'
