-- Adds to a shard's share what another one has lent, if the plan is still the one in which it was lent.
-- KEYS[1] state   ARGV[1] number of the plan   ARGV[2] how many joins
-- Answers 1, or 0 when a new plan has dealt it out again
local state = redis.call('HMGET', KEYS[1], 'plan', 'planned')
if state[1] ~= ARGV[1] or not state[2] then return 0 end
redis.call('HINCRBY', KEYS[1], 'share', ARGV[2])
return 1
