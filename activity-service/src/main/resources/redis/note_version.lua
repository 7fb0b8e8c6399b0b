-- Notes that an activity's terms have a newer version, where its counters are here.
-- KEYS[1] state of a shard of the activity   ARGV[1] the version
local noted = redis.call('HGET', KEYS[1], 'version')
if noted and tonumber(noted) < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'version', ARGV[1])
end
return 1
