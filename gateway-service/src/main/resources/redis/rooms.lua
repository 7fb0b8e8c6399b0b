-- Who is in which room of a game, by what gateways have told: one room per player and game, one entry at a time.
-- KEYS the players. Fields of each: 'r:<game>' = '<ms>|<kind>|<room>', the standing, with the kind i: in the room,
-- w: waits for it, n: in none; 'c:<game>' = '<until ms>|<room or nothing>|<request id>', the claim of an entry.
-- ARGV: what to do, seconds to remember players, ms that gateways may take to follow the journal, ms that a claim lives,
-- 0 or, of what is told once more, for how many ms its teller has known it; then what is said there
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local todo, remembered, followed = ARGV[1], ARGV[2], tonumber(ARGV[3])
local lifetime, age = tonumber(ARGV[4]), tonumber(ARGV[5])

local function ms(number) return string.format('%.0f', number) end

-- A claim that would outlive its lifetime is over, too: another server made it, by a clock that goes ahead of this one.
local function isLive(claim) return claim.till > now and claim.till - now <= lifetime end

local function claimed(key, game)
  local claim = redis.call('HGET', key, 'c:' .. game)
  if not claim then return nil end
  local till, room, request = string.match(claim, '^(%d+)|([^|]*)|(.*)$')
  return {till = tonumber(till), room = room, request = request}
end

-- What was told a moment ago is newer than what the gateway has seen in the journal; else the journal is right. It is
-- right, too, about an entry that nobody answered: what was told before its claim was over may be from before it.
-- seen: the rooms of the game in which the gateway sees the player
local function standing(key, game, seen)
  local kind, room = 'n', ''
  local told = redis.call('HGET', key, 'r:' .. game)
  if told then
    local at
    at, kind, room = string.match(told, '^(%d+)|(%a)|(.*)$')
    local isSeen = false
    for _, id in ipairs(seen) do isSeen = isSeen or id == room end
    if isSeen then return 'i', room end
    local doubted = kind ~= 'i' and claimed(key, game)
    local isOld = doubted and not isLive(doubted) and tonumber(at) <= doubted.till
    if not isOld and math.abs(now - tonumber(at)) < followed then return kind, room end
  end
  if #seen > 0 then return 'i', seen[1] end
  return 'n', ''
end

local function stand(key, game, kind, room, at)
  redis.call('HSET', key, 'r:' .. game, ms(at) .. '|' .. kind .. '|' .. room)
  redis.call('EXPIRE', key, remembered)
end

-- ARGV: game, room or nothing for any, request id, rooms seen ...
-- Answers {'granted', kind, room}, {'held', 'i', other room} or {'busy', ms}
local function claim(key)
  local game, room, request = ARGV[6], ARGV[7], ARGV[8]
  local other = claimed(key, game)
  if other and isLive(other) and not (other.request == request and other.room == room and room ~= '') then
    return {'busy', ms(other.till - now)}
  end
  local seen = {}
  for i = 9, #ARGV do seen[#seen + 1] = ARGV[i] end
  local kind, present = standing(key, game, seen)
  if kind == 'i' and room ~= '' and present ~= room then return {'held', kind, present} end
  redis.call('HSET', key, 'c:' .. game, ms(now + lifetime) .. '|' .. room .. '|' .. request)
  redis.call('EXPIRE', key, remembered)
  return {'granted', kind, present}
end

-- ARGV: game, request id, i: is in the room, w: waits for it, x: was refused, d: in doubt; the room, or for d the ms of
-- the day after which no owner decides; by how many ms clocks may differ
-- Answers 1 if that counts, 0 if the claim was over and another one took its place
local function settle(key)
  local game, request, outcome, room = ARGV[6], ARGV[7], ARGV[8], ARGV[9]
  local present = claimed(key, game)
  local mine = present and present.request == request
  if outcome == 'd' then
    if mine then
      -- Not before no owner can decide the entry any more: its owner may find it in a queue just in time.
      local till = math.min(present.till, math.max(now, tonumber(room)) + tonumber(ARGV[10]))
      redis.call('HSET', key, 'c:' .. game, ms(till) .. '|' .. present.room .. '|' .. request)
    end
    return 1
  end
  if mine then redis.call('HDEL', key, 'c:' .. game) end
  if outcome == 'x' then return 1 end
  if not mine then
    -- The first word may have come through, and more may have happened since.
    if age > 0 then return 0 end
    if present and isLive(present) then return 0 end
    local kind, held = standing(key, game, {})
    if kind == 'i' and held ~= room then return 0 end
  end
  stand(key, game, outcome, room, now)
  return 1
end

-- ARGV: game, room. Answers whether the player was there
local function leave(key)
  local told = redis.call('HGET', key, 'r:' .. ARGV[6])
  if told then
    local at, kind, room = string.match(told, '^(%d+)|(%a)|(.*)$')
    if kind ~= 'n' and room ~= ARGV[7] then return 0 end
    -- Told once more, and the player has entered again meanwhile.
    if age > 0 and tonumber(at) > now - age then return 0 end
  end
  stand(key, ARGV[6], 'n', '', now)
  return 1
end

-- ARGV for each of KEYS: number of games; for each game: its name, number of rooms seen, the rooms
-- Answers for each game of each of KEYS the room that counts, or nothing
local function learn()
  local rooms, next = {}, 6
  for _, key in ipairs(KEYS) do
    local games = tonumber(ARGV[next])
    next = next + 1
    for _ = 1, games do
      local game, count, seen = ARGV[next], tonumber(ARGV[next + 1]), {}
      for i = 1, count do seen[i] = ARGV[next + 1 + i] end
      next = next + 2 + count
      local told = redis.call('HGET', key, 'r:' .. game)
      local kind, room = standing(key, game, seen)
      -- As old as what it was seen in: what is told now or soon is newer.
      if kind == 'i' and not (told and string.match(told, '|(%a|.*)$') == 'i|' .. room) then
        stand(key, game, kind, room, now - followed)
      end
      rooms[#rooms + 1] = kind == 'i' and room or ''
    end
    redis.call('EXPIRE', key, remembered)
  end
  return rooms
end

if todo == 'claim' then return claim(KEYS[1]) end
if todo == 'settle' then return settle(KEYS[1]) end
if todo == 'leave' then return leave(KEYS[1]) end
return learn()
