-- Decides one join, atomically. Mirrors io.gamehall.activity.join.domain.JoinRules: one table of cases (JoinRulesCases)
-- and a random comparison run against both. Whoever changes one changes the other.
--
-- All keys are those of the shard that decides for the player.
-- KEYS[1] state   hash: version, taken, sure_until_ms, saved (see vouch.lua); over several shards also plan, planned, share (see plan.lua);
--                 with a rate for the activity also owed, owed_at (its bucket: what is missing, and since when)
-- KEYS[2] marks   hash: <player>:<ordinal> -> id of its outbox entry
-- KEYS[3] bucket  the player's: when it is full again, us
-- KEYS[4] outbox  stream of joins not yet known to be in Kafka
-- ARGV 1 version of the terms  2 suspended (0, 1)  3 opens_at_ms  4 closes_at_ms  5 quota  6 per_player
--      7 us until a token of the player comes back  8 burst  9 player  10 ordinal (0: the next)  11 region
--      12-15 kind, name, amount and delivery of the reward
--      16 per_day (0: days do not count)  17 ms by which its days begin before those of UTC
--      18 shards  19 rate of the activity per second (0: none)  20 its burst
--      21 buckets that are asked: 3 the player's, 2 the player's and the activity's, 1 the activity's, 0 none
--      22 whether a condition is not met (0, 1)
-- Answers {what, ...}:
--   LOST | STALE | UNSETTLED (this shard's share is not known for this quota)
--   TOO_FAST us | BEYOND_CAP per_player | SUSPENDED | NOT_OPEN opens_at_ms | CLOSED | NOT_ELIGIBLE
--   DAY_USED_UP per_day next_day_at_ms | SOLD_OUT (of several shards: this one's share)
--   WAITING us (until the player's turn, which is kept free) | BUSY us (the same, but too long: nothing is kept)
--   ACCEPTED ordinal entry | REPEATED ordinal entry [fields of the entry, if it is still in the outbox]
local state = redis.call('HMGET', KEYS[1], 'version', 'taken', 'planned', 'share', 'owed', 'owed_at', 'sure_until_ms',
    'saved')
if not state[1] then return {'LOST'} end
-- Believed only as long as somebody has made sure lately that this is the Redis that was written to, and not one that
-- has come back with old data: vouch.lua. LASTSAVE changes when a process starts, too.
local time = redis.call('TIME')
local now_us = tonumber(time[1]) * 1000000 + tonumber(time[2])
if now_us > tonumber(state[7] or '0') * 1000 then return {'LOST'} end
if state[8] ~= tostring(redis.call('LASTSAVE')) then return {'LOST'} end
local version = tonumber(ARGV[1])
if version < tonumber(state[1]) then return {'STALE'} end
if version > tonumber(state[1]) then redis.call('HSET', KEYS[1], 'version', ARGV[1]) end

-- The player's token bucket. Numbers here stay below 2^53, so they are exact.
local interval_us = tonumber(ARGV[7])
local function fill_bucket(full_at_us)
  redis.call('SET', KEYS[3], string.format('%.0f', full_at_us), 'PX', math.ceil((full_at_us - now_us) / 1000))
end
if ARGV[21] == '2' or ARGV[21] == '3' then
  -- Most buckets are full, hence not there: then this is all.
  local first_us = string.format('%.0f', now_us + interval_us)
  if not redis.call('SET', KEYS[3], first_us, 'PX', math.ceil(interval_us / 1000), 'NX') then
    local full_at_us = math.max(tonumber(redis.call('GET', KEYS[3]) or '0'), now_us) + interval_us
    local wait_us = full_at_us - tonumber(ARGV[8]) * interval_us - now_us
    if wait_us > 0 then return {'TOO_FAST', wait_us} end
    fill_bucket(full_at_us)
  end
end

local now_ms = math.floor(now_us / 1000)
local per_player = tonumber(ARGV[6])
local per_day = tonumber(ARGV[16])
local ordinal = tonumber(ARGV[10])
if ordinal > per_player then return {'BEYOND_CAP', per_player} end
local mark = false
local next_day_at_ms = false
if per_day > 0 then
  -- Days are counted by the marks themselves: nothing else has to be kept, or rebuilt.
  local day_ms = 86400000
  local offset_ms = tonumber(ARGV[17])
  local today = math.floor((now_ms + offset_ms) / day_ms)
  local fields = {}
  for one = 1, per_player do fields[one] = ARGV[9] .. ':' .. one end
  local marks = redis.call('HMGET', KEYS[2], unpack(fields))
  local given, last, free = 0, 0, per_player
  for one = per_player, 1, -1 do
    if not marks[one] then
      free = one
    elseif math.floor((tonumber(string.match(marks[one], '^%d+')) + offset_ms) / day_ms) == today then
      given = given + 1
      last = math.max(last, one)
    end
  end
  if given >= per_day then next_day_at_ms = (today + 1) * day_ms - offset_ms end
  if ordinal == 0 then ordinal = next_day_at_ms and last or free end
  mark = marks[ordinal]
elseif ordinal == 0 then
  repeat
    ordinal = ordinal + 1
    mark = redis.call('HGET', KEYS[2], ARGV[9] .. ':' .. ordinal)
  until not mark or ordinal >= per_player
else
  mark = redis.call('HGET', KEYS[2], ARGV[9] .. ':' .. ordinal)
end
if mark then
  local answer = {'REPEATED', ordinal, mark}
  -- A mark that came from the ledger has no entry, hence no sequence number behind a dash.
  if string.find(mark, '-', 1, true) then
    local entry = redis.call('XRANGE', KEYS[4], mark, mark)
    if entry[1] then answer[4] = entry[1][2] end
  end
  return answer
end

if ARGV[2] == '1' then return {'SUSPENDED'} end
if now_ms < tonumber(ARGV[3]) then return {'NOT_OPEN', tonumber(ARGV[3])} end
if now_ms >= tonumber(ARGV[4]) then return {'CLOSED'} end
if ARGV[22] == '1' then return {'NOT_ELIGIBLE'} end
if next_day_at_ms then return {'DAY_USED_UP', per_day, next_day_at_ms} end

local quota = tonumber(ARGV[5])
local shards = tonumber(ARGV[18])
local share = quota
if shards > 1 then
  if not state[3] or tonumber(state[3]) ~= quota then return {'UNSETTLED'} end
  share = tonumber(state[4])
end
if tonumber(state[2]) >= share then return {'SOLD_OUT'} end

-- The activity's token bucket, or this shard's part of it: it drains as fast as the whole, and a join weighs as much
-- more as there are shards. Who finds it empty pays in advance, for the moment when the debt is paid off: that is their
-- turn, and everybody who comes later waits for a later one. Until then the player's own bucket is empty, so that nobody
-- takes many turns.
local per_second = tonumber(ARGV[19])
if per_second > 0 and (ARGV[21] == '1' or ARGV[21] == '2') then
  local owed_at_us = tonumber(state[6] or '0')
  local drained = math.max(0, now_us - owed_at_us) * per_second
  local owed = math.max(0, tonumber(state[5] or '0') - drained) + shards * 1000000
  local over = owed - math.max(tonumber(ARGV[20]), shards) * 1000000
  local turn_us = math.ceil(over / per_second)
  if turn_us > 600000000 then return {'BUSY', turn_us} end
  redis.call('HSET', KEYS[1], 'owed', string.format('%.0f', owed),
      'owed_at', string.format('%.0f', math.max(owed_at_us, now_us)))
  if over > 0 then
    fill_bucket(now_us + turn_us + (tonumber(ARGV[8]) - 1) * interval_us)
    return {'WAITING', turn_us}
  end
end

redis.call('HINCRBY', KEYS[1], 'taken', 1)
local entry = redis.call('XADD', KEYS[4], '*', 'player', ARGV[9], 'ordinal', ordinal, 'region', ARGV[11],
    'kind', ARGV[12], 'name', ARGV[13], 'amount', ARGV[14], 'delivery', ARGV[15])
redis.call('HSET', KEYS[2], ARGV[9] .. ':' .. ordinal, entry)
return {'ACCEPTED', ordinal, entry}
