-- A part of a game's board.
-- KEYS 1-4 the board, as in board_tell.lua   ARGV[1] rank of the first, from 0 on   ARGV[2] how many
-- ARGV[3] a player, or empty: then ARGV[1] counts from that player's rank back, and ARGV[2] is as many again and the player
-- Answers {what, players on the board, 1 if there are more off it, rank of the first, player, negative score, ...}:
-- OK | UNBUILT (there is no board); the rank is -1 if the player is not on it
local meta = redis.call('HMGET', KEYS[4], 'built', 'members', 'cut_member')
local members = redis.call('ZCARD', KEYS[1])
if not meta[1] or tonumber(meta[2]) ~= members
    or redis.call('HLEN', KEYS[2]) ~= members + redis.call('ZCARD', KEYS[3]) then
  return {'UNBUILT'}
end
local first = tonumber(ARGV[1])
local many = tonumber(ARGV[2])
if ARGV[3] ~= '' then
  local rank = redis.call('ZRANK', KEYS[1], ARGV[3])
  if not rank then return {'OK', members, meta[3] and 1 or 0, -1} end
  local last = rank + first
  first = math.max(0, rank - first)
  many = last - first + 1
end
local answer = {'OK', members, meta[3] and 1 or 0, first}
local rows = redis.call('ZRANGE', KEYS[1], first, first + many - 1, 'WITHSCORES')
for index = 1, #rows do answer[4 + index] = rows[index] end
return answer
