-- Takes a part of what a shard has left, for another one. What is taken and does not arrive there is missing until the
-- next plan; it is never there twice.
-- KEYS[1] state   ARGV[1] number of the plan   ARGV[2] what is left that is lent as a whole; of more, half is
-- Answers how many joins were taken off its share
local state = redis.call('HMGET', KEYS[1], 'taken', 'share', 'plan', 'planned', 'sure_until_ms', 'saved')
if state[3] ~= ARGV[1] or not state[4] then return 0 end
-- As in join.lua: what may be out of date has nothing to lend.
if tonumber(redis.call('TIME')[1]) * 1000 > tonumber(state[5] or '0') then return 0 end
if state[6] ~= tostring(redis.call('LASTSAVE')) then return 0 end
local left = tonumber(state[2]) - tonumber(state[1])
if left <= 0 then return 0 end
local lent = left
if left > tonumber(ARGV[2]) then lent = math.ceil(left / 2) end
redis.call('HINCRBY', KEYS[1], 'share', -lent)
return lent
