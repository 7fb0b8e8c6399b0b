-- Begins to build a game's board anew beside the one that is shown; from now on it is told of each score.
-- KEYS 5-8 the one to be built, as in board_tell.lua   ARGV[1] number of the build
-- Answers {1, microseconds now}; {0, …}: a later build has begun
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local number = redis.call('HGET', KEYS[8], 'number')
if number and tonumber(number) > tonumber(ARGV[1]) then return {0, now} end
if number ~= ARGV[1] then
  redis.call('DEL', KEYS[5], KEYS[6], KEYS[7], KEYS[8])
  redis.call('HSET', KEYS[8], 'number', ARGV[1], 'horizon', now, 'members', 0)
end
return {1, now}
