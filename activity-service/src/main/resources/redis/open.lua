-- Opens a shard of an activity whose counters are not here: its state, and the marks gathered from the ledger, appear at once.
-- KEYS[1] state   KEYS[2] marks   KEYS[3] staged marks   ARGV[1] version of the terms   ARGV[2] joins given so far
-- ARGV[3] name of this opening, never used before: over several shards no plan made before gives it a share
-- Answers 1, or 0 when somebody else has opened it meanwhile (then nothing changes).
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('DEL', KEYS[3])
  return 0
end
if redis.call('EXISTS', KEYS[3]) == 1 then
  redis.call('RENAME', KEYS[3], KEYS[2])
  redis.call('PERSIST', KEYS[2])
else
  if tonumber(ARGV[2]) > 0 then return redis.error_reply('STAGED the gathered marks are gone') end
  redis.call('DEL', KEYS[2])
end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'taken', ARGV[2], 'opening', ARGV[3])
return 1
