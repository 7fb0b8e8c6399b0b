-- Goes on with a build, or ends it.
-- KEYS[1] lock   KEYS[2] all (hash: run, the process of Redis in which all boards were built)
-- ARGV[1] number of the build   ARGV[2] how long the next step may take, in ms; 0: given up; DONE: all boards are built
-- Answers 1; 0: the build took too long, another may have begun
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == 'DONE' then
  redis.call('HSET', KEYS[2], 'run', string.match(redis.call('INFO', 'server'), 'run_id:(%w+)'))
end
if ARGV[2] == 'DONE' or ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1
