-- Gives a frozen shard its share in a plan.
-- KEYS[1] state   ARGV[1] number of the plan   ARGV[2] the quota that it deals out   ARGV[3] this shard's share
-- ARGV[4] by which opening the shard was there when the plan was begun
-- Answers 1, or 0 when it has one by now, another number's turn has come, or it was rebuilt since
local state = redis.call('HMGET', KEYS[1], 'plan', 'planned', 'opening')
if state[1] ~= ARGV[1] or state[2] or (state[3] or '') ~= ARGV[4] then return 0 end
redis.call('HSET', KEYS[1], 'planned', ARGV[2], 'share', ARGV[3])
return 1
