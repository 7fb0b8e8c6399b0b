-- Writes a hall's load on the board, strikes out those who were not heard of in time, and answers the rest.
-- KEYS[1] the board; ARGV: instance, milliseconds that this is good, live streams, capacity, address
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local line = string.format('%.0f', now + tonumber(ARGV[2])) .. ' ' .. ARGV[3] .. ' ' .. ARGV[4] .. ' ' .. ARGV[5]
redis.call('HSET', KEYS[1], ARGV[1], line)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local alive = {}
local board = redis.call('HGETALL', KEYS[1])
for i = 1, #board, 2 do
  if tonumber(string.match(board[i + 1], '^%d+')) < now then
    redis.call('HDEL', KEYS[1], board[i])
  else
    alive[#alive + 1] = board[i + 1]
  end
end
return alive
