-- Adds marks that the ledger has and Redis has not, and makes the count that of the marks: a join is marked and counted
-- in one step, so the two never differ for a good reason.
-- KEYS[1] state   KEYS[2] marks   ARGV field, time in ms, field, time in ms, ...
-- Answers {marks added, by how much the count was wrong then}; {0, 0} when the activity is not open
local state = redis.call('HMGET', KEYS[1], 'taken', 'run')
if not state[2] then return {0, 0} end
local before = redis.call('HLEN', KEYS[2])
local wrong = tonumber(state[1]) - before
local added = 0
for index = 1, #ARGV, 2 do added = added + redis.call('HSETNX', KEYS[2], ARGV[index], ARGV[index + 1]) end
if added ~= 0 or wrong ~= 0 then redis.call('HSET', KEYS[1], 'taken', before + added) end
return {added, wrong}
