-- Stops a shard from giving joins until its share in a new plan is known; what it has given stays as it is till then.
-- A plan is one dealing-out of an activity's quota to its shards, numbered from 1 on.
-- KEYS[1] state   ARGV[1] number of the plan   ARGV[2] by which opening the shard was there when the plan was begun
-- ARGV[3] version of the terms whose quota is dealt out; no older ones deal out here from now on
-- Answers {LOST} | {LATER} (there is a later plan, or later terms, or it was rebuilt since) | {SETTLED} (it has its share in this one) | {FROZEN, taken}
local state = redis.call('HMGET', KEYS[1], 'taken', 'plan', 'planned', 'opening', 'version', 'sure_until_ms', 'saved')
if not state[1] then return {'LOST'} end
-- As in join.lua: what may be out of date must not be counted with.
if tonumber(redis.call('TIME')[1]) * 1000 > tonumber(state[6] or '0') then return {'LOST'} end
if state[7] ~= tostring(redis.call('LASTSAVE')) then return {'LOST'} end
local plan = tonumber(state[2] or '0')
local wanted = tonumber(ARGV[1])
if plan > wanted or (state[4] or '') ~= ARGV[2] then return {'LATER'} end
if tonumber(state[5]) > tonumber(ARGV[3]) then return {'LATER'} end
if plan == wanted and state[3] then return {'SETTLED'} end
redis.call('HSET', KEYS[1], 'plan', ARGV[1], 'version', ARGV[3])
redis.call('HDEL', KEYS[1], 'planned', 'share')
return {'FROZEN', tonumber(state[1])}
