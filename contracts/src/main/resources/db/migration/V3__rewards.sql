-- Rewards given, once for each source. Written by reward-service.
CREATE TABLE reward_grant (
  player_id   BIGINT UNSIGNED NOT NULL,
  source_id   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  activity_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name        VARCHAR(64) NOT NULL,
  amount      BIGINT UNSIGNED NOT NULL,
  granted_at  TIMESTAMP(3) NOT NULL,
  PRIMARY KEY (player_id, source_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;

-- Which settled rounds already stand in player_score.
CREATE TABLE score_fact (
  player_id  BIGINT UNSIGNED NOT NULL,
  fact_id    VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  applied_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (player_id, fact_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
