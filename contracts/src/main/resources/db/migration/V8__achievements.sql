-- Achievements of a player's roles in games. Written by reward-service; see docs/adr, "Achievements live in chunks".
-- role is the key of the reports in Kafka: platform/zone/server/role. Times are Kafka's timestamps of the reports.

-- The set of a role: chunk 0 is the newest, which takes up every report; chunk n is the n-th that was filled. Each type
-- stands in one of them. All columns follow from the reports in their order, not from the batches they came in.
CREATE TABLE achievement_chunk (
  player_id    BIGINT UNSIGNED NOT NULL,
  role         VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  chunk        INT UNSIGNED NOT NULL,
  -- Of the whole set, in chunk 0; in others 0: how many chunks were filled so far, and how many types there are.
  filled       INT UNSIGNED NOT NULL,
  types        INT UNSIGNED NOT NULL,
  -- Of this chunk: its achievements, and the times of their latest reports.
  entries      INT UNSIGNED NOT NULL,
  newest_at_ms BIGINT NOT NULL,
  oldest_at_ms BIGINT NOT NULL,
  -- The achievements, by type: see ChunkFormat of reward-service.
  body         MEDIUMBLOB NOT NULL,
  -- Both count the changes of the row; a write brings their number and the new version.
  changes      BIGINT UNSIGNED NOT NULL,
  version      BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (player_id, role, chunk) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4 PARTITION BY HASH (player_id) PARTITIONS 16;

-- In which of the filled chunks a type stands; a type without a row stands in chunk 0, or nowhere. Small sets have none.
CREATE TABLE achievement_place (
  player_id BIGINT UNSIGNED NOT NULL,
  role      VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  chunk     INT UNSIGNED NOT NULL,
  PRIMARY KEY (player_id, role, type) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4 PARTITION BY HASH (player_id) PARTITIONS 16;

-- Every report that was added up, once: tells repeats, and explains each total. Reports of which the latest stands need
-- none: their time tells repeats.
CREATE TABLE achievement_fact (
  player_id   BIGINT UNSIGNED NOT NULL,
  role        VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fact_id     VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value       BIGINT NOT NULL,
  -- The total of the type when this report had been added.
  total_after BIGINT NOT NULL,
  at_ms       BIGINT NOT NULL,
  PRIMARY KEY (player_id, role, fact_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4 PARTITION BY HASH (player_id) PARTITIONS 16;
