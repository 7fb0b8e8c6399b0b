-- Writes a plan down, once for each number: of several who deal out at the same time the first one's counts.
-- KEYS[1] state of the first shard   ARGV[1] number of the plan
-- ARGV[2] the plan: quota, then the share of each shard, with blanks between; empty: it is only asked for
-- ARGV[3] by which opening the shard was there when the plan was begun
-- Answers the plan that counts, or nothing where there is none or another number's turn
local state = redis.call('HMGET', KEYS[1], 'plan', 'dealt', 'dealt_plan', 'opening')
if state[1] ~= ARGV[1] or (state[4] or '') ~= ARGV[3] then return false end
if state[3] == ARGV[1] then return state[2] end
if ARGV[2] == '' then return false end
redis.call('HSET', KEYS[1], 'dealt', ARGV[2], 'dealt_plan', ARGV[1])
return ARGV[2]
