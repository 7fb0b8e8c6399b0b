-- What Redis says of an activity, at one moment.
-- KEYS[1] state   KEYS[2] marks   KEYS[3] outbox
-- Answers {time in ms, taken (-1: it is not open), marks, time of the oldest outbox entry in ms (0: there is none)}
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local state = redis.call('HMGET', KEYS[1], 'taken', 'run')
local oldest = redis.call('XRANGE', KEYS[3], '-', '+', 'COUNT', 1)
return {now_ms, state[2] and tonumber(state[1]) or -1, redis.call('HLEN', KEYS[2]),
    oldest[1] and tonumber(string.match(oldest[1][1], '^%d+')) or 0}
