-- Brings scores to a game's board, and to the one that is being built; each score only if none of a higher version is
-- known of its player, so that the order of calls does not matter.
--
-- A board is exact: it holds all players that are better than its cut, and no other. (Scores fall, too: were the worst
-- simply thrown away, nobody would know who moves up in the place of a player who has fallen.) Of the players that left
-- the board the last ones are remembered, with their versions; who comes with something read before those that are
-- forgotten (the horizon) is too late to be judged and has to read again.
--
-- KEYS 1-4 the board, 5-8 the one that is being built; of each: score (sorted set: negative score, player; the best is
--   first), version (hash), left (sorted set: when, player), meta (hash)
-- ARGV[1] number of the build whose page this is, for its board alone; or 'told'
-- ARGV[2] when it was read: microseconds of this Redis   ARGV[3] players kept at most   ARGV[4] leavers remembered at most
-- ARGV[5...] player, negative score, version, ...
-- Answers {what, microseconds now}: DONE | LATE (read again) | UNBUILT (there is no board) | LOST (another build began)
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local read_at = tonumber(ARGV[2])
local kept_max = tonumber(ARGV[3])
local left_max = tonumber(ARGV[4])

local function is_intact(base)
  local meta = redis.call('HMGET', KEYS[base + 3], 'built', 'members')
  local members = redis.call('ZCARD', KEYS[base])
  return meta[1] and tonumber(meta[2]) == members
      and redis.call('HLEN', KEYS[base + 1]) == members + redis.call('ZCARD', KEYS[base + 2])
end

local function trim(base)
  local worst = redis.call('ZRANGE', KEYS[base], kept_max, -1, 'WITHSCORES')
  if #worst == 0 then return end
  redis.call('HSET', KEYS[base + 3], 'cut_member', worst[1], 'cut_score', worst[2])
  for index = 1, #worst, 2 do redis.call('ZADD', KEYS[base + 2], now, worst[index]) end
  redis.call('ZREMRANGEBYRANK', KEYS[base], kept_max, -1)
end

local function forget(base)
  local many = redis.call('ZCARD', KEYS[base + 2]) - left_max
  if many <= 0 then return end
  local oldest = redis.call('ZRANGE', KEYS[base + 2], 0, many - 1, 'WITHSCORES')
  for index = 1, #oldest, 2 do redis.call('HDEL', KEYS[base + 1], oldest[index]) end
  redis.call('ZREMRANGEBYRANK', KEYS[base + 2], 0, many - 1)
  redis.call('HSET', KEYS[base + 3], 'horizon', oldest[#oldest])
end

-- Rows of a page that have no place leave nothing behind: whatever changes them from now on is told.
local function apply(base, told)
  local meta = redis.call('HMGET', KEYS[base + 3], 'horizon', 'cut_score', 'cut_member')
  if read_at <= tonumber(meta[1] or '0') then return false end
  local cut_score = meta[2] and tonumber(meta[2])
  local cut_member = meta[3]
  for index = 5, #ARGV, 3 do
    local member = ARGV[index]
    local score = tonumber(ARGV[index + 1])
    local known = redis.call('HGET', KEYS[base + 1], member)
    if not known or tonumber(known) <= tonumber(ARGV[index + 2]) then
      if not cut_score or score < cut_score or (score == cut_score and member < cut_member) then
        redis.call('ZADD', KEYS[base], ARGV[index + 1], member)
        redis.call('ZREM', KEYS[base + 2], member)
        redis.call('HSET', KEYS[base + 1], member, ARGV[index + 2])
      elseif told or known then
        redis.call('ZREM', KEYS[base], member)
        redis.call('ZADD', KEYS[base + 2], now, member)
        redis.call('HSET', KEYS[base + 1], member, ARGV[index + 2])
      end
    end
  end
  trim(base)
  forget(base)
  redis.call('HSET', KEYS[base + 3], 'members', redis.call('ZCARD', KEYS[base]))
  return true
end

local building = redis.call('HGET', KEYS[8], 'number')
if ARGV[1] ~= 'told' then
  if building ~= ARGV[1] then return {'LOST', now} end
  return {apply(5, false) and 'DONE' or 'LATE', now}
end
local built = is_intact(1)
if not built and not building then return {'UNBUILT', now} end
local in_time = not built or apply(1, true)
if building then in_time = apply(5, true) and in_time end
return {in_time and 'DONE' or 'LATE', now}
