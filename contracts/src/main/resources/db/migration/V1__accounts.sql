-- Accounts of one region (a cell's database holds its own region only). Written by gateway-service.
-- The common subset of TiDB and MariaDB; TiDB-only clauses stand in comments that MariaDB skips.
CREATE TABLE account (
  player_id     BIGINT UNSIGNED NOT NULL,
  name          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  password_hash VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  region        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at    TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (player_id) /*T![clustered_index] CLUSTERED */,
  UNIQUE KEY account_name (name)
) DEFAULT CHARSET = utf8mb4;

-- Scores of a player in each game. Written by reward-service, as the sum of the facts in score_fact.
-- version counts the facts in the row, so it does not depend on how they were cut into batches.
CREATE TABLE player_score (
  player_id  BIGINT UNSIGNED NOT NULL,
  game       VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  score      BIGINT NOT NULL,
  wins       BIGINT UNSIGNED NOT NULL,
  losses     BIGINT UNSIGNED NOT NULL,
  draws      BIGINT UNSIGNED NOT NULL,
  disputed   BIGINT UNSIGNED NOT NULL,
  version    BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (player_id, game) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;

-- Points a player holds. Written by reward-service, as the sum of the grants of points in reward_grant.
-- grants and version count these grants.
CREATE TABLE player_points (
  player_id BIGINT UNSIGNED NOT NULL,
  points    BIGINT NOT NULL,
  grants    BIGINT UNSIGNED NOT NULL,
  version   BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (player_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
