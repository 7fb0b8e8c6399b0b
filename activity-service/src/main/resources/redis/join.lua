-- Decides one join, atomically. Mirrors io.gamehall.activity.join.domain.JoinRules: one table of cases runs against
-- both (JoinRulesCases). Whoever changes one changes the other.
--
-- KEYS[1] state   hash: version, taken         KEYS[2] marks   hash: <player>:<ordinal> -> id of its outbox entry
-- KEYS[3] bucket  when it is full again, us    KEYS[4] outbox  stream of joins not yet known to be in Kafka
-- ARGV 1 version of the terms  2 suspended (0, 1)  3 opens_at_ms  4 closes_at_ms  5 quota  6 per_player
--      7 us until a token comes back  8 burst  9 player  10 ordinal (0: the next)  11 region
--      12-14 kind, name and amount of the reward
-- Answers {what, ...}:
--   LOST | STALE | TOO_FAST us | BEYOND_CAP per_player | SUSPENDED | NOT_OPEN opens_at_ms | CLOSED | SOLD_OUT
--   ACCEPTED ordinal entry | REPEATED ordinal entry [fields of the entry, if it is still in the outbox]
local state = redis.call('HMGET', KEYS[1], 'version', 'taken')
if not state[1] then return {'LOST'} end
local version = tonumber(ARGV[1])
if version < tonumber(state[1]) then return {'STALE'} end
if version > tonumber(state[1]) then redis.call('HSET', KEYS[1], 'version', ARGV[1]) end

-- The player's token bucket. Numbers here stay below 2^53, so they are exact.
local time = redis.call('TIME')
local now_us = tonumber(time[1]) * 1000000 + tonumber(time[2])
local interval_us = tonumber(ARGV[7])
local full_at_us = math.max(tonumber(redis.call('GET', KEYS[3]) or '0'), now_us) + interval_us
local wait_us = full_at_us - tonumber(ARGV[8]) * interval_us - now_us
if wait_us > 0 then return {'TOO_FAST', wait_us} end
redis.call('SET', KEYS[3], string.format('%.0f', full_at_us), 'PX', math.ceil((full_at_us - now_us) / 1000))

local per_player = tonumber(ARGV[6])
local ordinal = tonumber(ARGV[10])
local mark = false
if ordinal == 0 then
  repeat
    ordinal = ordinal + 1
    mark = redis.call('HGET', KEYS[2], ARGV[9] .. ':' .. ordinal)
  until not mark or ordinal >= per_player
else
  if ordinal > per_player then return {'BEYOND_CAP', per_player} end
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
local now_ms = math.floor(now_us / 1000)
if now_ms < tonumber(ARGV[3]) then return {'NOT_OPEN', tonumber(ARGV[3])} end
if now_ms >= tonumber(ARGV[4]) then return {'CLOSED'} end
if tonumber(state[2]) >= tonumber(ARGV[5]) then return {'SOLD_OUT'} end

redis.call('HINCRBY', KEYS[1], 'taken', 1)
local entry = redis.call('XADD', KEYS[4], '*', 'player', ARGV[9], 'ordinal', ordinal, 'region', ARGV[11],
    'kind', ARGV[12], 'name', ARGV[13], 'amount', ARGV[14])
redis.call('HSET', KEYS[2], ARGV[9] .. ':' .. ordinal, entry)
return {'ACCEPTED', ordinal, entry}
