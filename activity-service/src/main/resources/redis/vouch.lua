-- Makes sure that an activity's counters are those that were opened, in the same process of Redis; if so, joins may
-- rest on them for a while again. A process that has started since may have come back with old data, or be another.
-- KEYS[1] state   ARGV[1] the least epoch that is believed   ARGV[2] for how long, in ms
-- Answers {what, run id of this process}: SURE | BUSY (somebody brings them back just now) | DOUBTFUL
local state = redis.call('HMGET', KEYS[1], 'run', 'epoch', 'sure_until_ms', 'saved', 'rebuild_until_ms')
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local trust_ms = tonumber(ARGV[2])
local saved = tostring(redis.call('LASTSAVE'))
local current = state[1] and tonumber(state[2] or '0') >= tonumber(ARGV[1])
-- Somebody has looked just now: INFO costs more than all of the rest.
if current and state[4] == saved and tonumber(state[3]) - now_ms > trust_ms * 2 / 3
    and tonumber(state[3]) - now_ms <= trust_ms then
  return {'SURE', state[1]}
end
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
if current and state[1] == run then
  redis.call('HSET', KEYS[1], 'sure_until_ms', now_ms + trust_ms, 'saved', saved)
  return {'SURE', run}
end
if tonumber(state[5] or '0') > now_ms then return {'BUSY', run} end
return {'DOUBTFUL', run}
