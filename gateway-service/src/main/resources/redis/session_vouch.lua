-- The live generations of players of whom genuine tokens are at hand. A lower or missing one was forgotten by Redis; of
-- a lower one there may be believers, who are told.
-- KEYS the sessions; ARGV: seconds to remember them, channel of the news, 1 if they are in use now,
-- then for each: player, generation of the token
local time = redis.call('TIME')
local now = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local live = {}
for i, key in ipairs(KEYS) do
  local player, generation = ARGV[2 + 2 * i], ARGV[3 + 2 * i]
  local known = redis.call('HGET', key, 'gen')
  if known and tonumber(known) > tonumber(generation) then
    live[i] = known
  else
    live[i] = generation
    redis.call('HSET', key, 'gen', generation)
    if ARGV[3] == '1' then redis.call('HSET', key, 'seen', now) end
    redis.call('EXPIRE', key, ARGV[1])
    if known and tonumber(known) < tonumber(generation) then
      redis.call('PUBLISH', ARGV[2], player .. ':' .. generation)
    end
  end
end
return live
