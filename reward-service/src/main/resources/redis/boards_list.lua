-- The games that have boards.
-- KEYS[1] all, as in boards_hold.lua   KEYS[2] games (set)
-- Answers {1 if all boards were built in this process of Redis, game, ...}
local run = redis.call('HGET', KEYS[1], 'run')
local games = redis.call('SMEMBERS', KEYS[2])
local answer = {run and run == string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') and 1 or 0}
for index = 1, #games do answer[1 + index] = games[index] end
return answer
