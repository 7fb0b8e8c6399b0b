-- Whether a game's board can be believed: all of it is there, and in the process of Redis that it was built in. One that
-- has started since may have come back with old data, or be another.
-- KEYS 1-4 the board, as in board_tell.lua   ARGV[1] players that it must have unless all are on it
-- Answers {what, microseconds now}: WHOLE | SHORT (too many have fallen off it) | BROKEN
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local meta = redis.call('HMGET', KEYS[4], 'built', 'members', 'cut_member', 'run')
local members = redis.call('ZCARD', KEYS[1])
if not meta[1] or tonumber(meta[2]) ~= members
    or redis.call('HLEN', KEYS[2]) ~= members + redis.call('ZCARD', KEYS[3])
    or meta[4] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') then
  return {'BROKEN', now}
end
return {meta[3] and members < tonumber(ARGV[1]) and 'SHORT' or 'WHOLE', now}
