-- Opens a shard of an activity whose marks are all here: from now on it takes joins.
-- KEYS[1] state   KEYS[2] marks   ARGV[1] id of the rebuild   ARGV[2] version of the terms   ARGV[3] its new epoch
-- ARGV[4] for how long it is believed, in ms
-- Answers the joins given so far; -1: the rebuild is void, because another has begun or Redis has
local state = redis.call('HMGET', KEYS[1], 'rebuild', 'rebuild_run', 'version')
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if state[1] ~= ARGV[1] or state[2] ~= run then return -1 end
local taken = redis.call('HLEN', KEYS[2])
local version = ARGV[2]
if tonumber(state[3] or '0') > tonumber(version) then version = state[3] end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HDEL', KEYS[1], 'rebuild', 'rebuild_run', 'rebuild_until_ms')
-- The opening has a name that was never used before: over several shards no plan made before gives this one a share.
redis.call('HSET', KEYS[1], 'version', version, 'taken', taken, 'opening', ARGV[1], 'epoch', ARGV[3], 'run', run,
    'sure_until_ms', now_ms + tonumber(ARGV[4]), 'saved', tostring(redis.call('LASTSAVE')))
return taken
