-- Rewards given, once for each source (the id of a join). Written by reward-service.
-- Times are milliseconds since 1970, taken from the facts: no clock or time zone of the database is in them, so that
-- the same facts always give the same rows.
CREATE TABLE reward_grant (
  player_id     BIGINT UNSIGNED NOT NULL,
  source_id     VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  activity_id   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name          VARCHAR(64) NOT NULL,
  amount        BIGINT UNSIGNED NOT NULL,
  granted_at_ms BIGINT NOT NULL,
  PRIMARY KEY (player_id, source_id) /*T![clustered_index] CLUSTERED */,
  KEY reward_grant_by_time (player_id, granted_at_ms, source_id)
) DEFAULT CHARSET = utf8mb4;

-- Every settled round that stands in player_score, once: tells repeats, and explains each change of a score.
CREATE TABLE score_fact (
  player_id     BIGINT UNSIGNED NOT NULL,
  fact_id       VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  game          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  outcome       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  delta         INT NOT NULL,
  -- The player's score, wins and losses in the game when this fact had been added.
  score_after   BIGINT NOT NULL,
  wins_after    BIGINT UNSIGNED NOT NULL,
  losses_after  BIGINT UNSIGNED NOT NULL,
  settled_at_ms BIGINT NOT NULL,
  PRIMARY KEY (player_id, fact_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
