-- Shows the board that was built in place of the old one, in one step.
-- KEYS 1-4 the old one, 5-8 the new one, as in board_tell.lua   ARGV[1] number of the build
-- Answers 1; 0: another build has begun
if redis.call('HGET', KEYS[8], 'number') ~= ARGV[1] then return 0 end
for index = 1, 4 do
  redis.call('DEL', KEYS[index])
  if redis.call('EXISTS', KEYS[index + 4]) == 1 then redis.call('RENAME', KEYS[index + 4], KEYS[index]) end
end
redis.call('HDEL', KEYS[4], 'number')
redis.call('HSET', KEYS[4], 'built', 1, 'run', string.match(redis.call('INFO', 'server'), 'run_id:(%w+)'))
return 1
