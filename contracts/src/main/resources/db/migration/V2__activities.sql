-- Limited events. Written by activity-service.
CREATE TABLE activity (
  activity_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name        VARCHAR(100) NOT NULL,
  -- Everything else of the activity, as the JSON of docs/activities.md.
  config      JSON NOT NULL,
  version     BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (activity_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;

-- The ledger: every accepted join, once.
CREATE TABLE activity_join (
  player_id   BIGINT UNSIGNED NOT NULL,
  activity_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal     INT UNSIGNED NOT NULL,
  region      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  joined_at   TIMESTAMP(3) NOT NULL,
  PRIMARY KEY (player_id, activity_id, ordinal) /*T![clustered_index] CLUSTERED */,
  KEY activity_join_by_activity (activity_id, joined_at)
) DEFAULT CHARSET = utf8mb4;
