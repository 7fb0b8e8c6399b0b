-- 0: given at once. Else it is the player's only when claimed before this time, which is computed from the join's.
-- A row of reward_grant is written once and never changed: what became of the grant stands in reward_change.
ALTER TABLE reward_grant ADD COLUMN claim_until_ms BIGINT NOT NULL DEFAULT 0;

-- What became of a grant: it was claimed, it was revoked. Never changed either. Written by reward-service.
-- Together with the rows of reward_grant that were given at once this is the ledger: it explains every balance.
CREATE TABLE reward_change (
  player_id BIGINT UNSIGNED NOT NULL,
  source_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The changes of one grant, counted from 1: of two that are decided at once, the key lets one through.
  ordinal   INT UNSIGNED NOT NULL,
  -- CLAIMED or REVOKED; each once at most.
  what      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- By how much the player holds more of the reward; 0 where a grant is revoked that was never claimed.
  delta     BIGINT NOT NULL,
  -- Milliseconds since 1970, by the clock of reward-service.
  at_ms     BIGINT NOT NULL,
  -- Who did it: the player, or an administrator.
  by_player BIGINT UNSIGNED NOT NULL,
  why       VARCHAR(200) NOT NULL,
  PRIMARY KEY (player_id, source_id, ordinal) /*T![clustered_index] CLUSTERED */,
  KEY reward_change_by_time (player_id, at_ms, source_id, ordinal)
) DEFAULT CHARSET = utf8mb4;

-- Changes of which the player has not been told for certain: written with the change, deleted once Kafka has the notice.
CREATE TABLE reward_change_due (
  player_id BIGINT UNSIGNED NOT NULL,
  source_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal   INT UNSIGNED NOT NULL,
  PRIMARY KEY (player_id, source_id, ordinal) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;

-- Items and titles a player holds, as player_points has the points: the sum of the ledger. Written by reward-service.
-- In both tables grants and version count the grants that were given at once. Claims and revocations move the amount
-- alone, so that they are never in the way of those who write by version.
CREATE TABLE player_holding (
  player_id BIGINT UNSIGNED NOT NULL,
  kind      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UTF-8, as bytes: two names are the same only if every byte is, trailing blanks too.
  name      VARBINARY(256) NOT NULL,
  amount    BIGINT NOT NULL,
  grants    BIGINT UNSIGNED NOT NULL,
  version   BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (player_id, kind, name) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
INSERT INTO player_holding (player_id, kind, name, amount, grants, version)
SELECT player_id, kind, CAST(name AS BINARY), SUM(amount), COUNT(*), COUNT(*)
FROM reward_grant WHERE kind <> 'points' GROUP BY player_id, kind, CAST(name AS BINARY);

-- How far a job over all players has come. Written by reward-service.
CREATE TABLE reward_check (
  name         VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The next page begins after this player.
  after_player BIGINT UNSIGNED NOT NULL,
  -- No instance begins a page before this time, in milliseconds since 1970.
  next_at_ms   BIGINT NOT NULL,
  PRIMARY KEY (name) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
INSERT INTO reward_check (name, after_player, next_at_ms) VALUES ('balances', 0, 0);
