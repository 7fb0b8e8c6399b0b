-- The ledger grows with the players: spread over partitions by player, which every unique key of it holds.
-- TiDB 7.4 or later.
ALTER TABLE activity_join PARTITION BY HASH (player_id) PARTITIONS 16;

-- What stands or falls together of an activity's counters in Redis, from before its first join on: a Redis without
-- counters that stand here has lost them. Written by activity-service.
CREATE TABLE activity_part (
  activity_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part        INT UNSIGNED NOT NULL,
  -- Raised whenever the counters are brought to Redis: those of a lower epoch are out of date.
  epoch       BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (activity_id, part) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
INSERT INTO activity_part (activity_id, part, epoch) SELECT activity_id, 0, 0 FROM activity WHERE opened = 1;
ALTER TABLE activity DROP COLUMN opened;

-- What administrators have switched off; a row that is gone is on. Written by activity-service.
CREATE TABLE activity_switch (
  -- joins, or joins/<activity>.
  name      VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  why       VARCHAR(200) NOT NULL,
  by_player BIGINT UNSIGNED NOT NULL,
  at_ms     BIGINT NOT NULL,
  PRIMARY KEY (name) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
