-- Limited events. Written by activity-service.
CREATE TABLE activity (
  activity_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name        VARCHAR(100) NOT NULL,
  -- Everything else of the activity, as the JSON of docs/activities.md.
  config      JSON NOT NULL,
  -- Raised by 1 with each edit.
  version     BIGINT UNSIGNED NOT NULL,
  -- 1 from before the first join on: Redis without the activity's counters has lost them when this is 1.
  opened      TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (activity_id) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;

-- The ledger: every accepted join, once.
CREATE TABLE activity_join (
  player_id    BIGINT UNSIGNED NOT NULL,
  activity_id  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal      INT UNSIGNED NOT NULL,
  region       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Milliseconds since 1970, by the clock of Redis: no time zone can change it on the way back there.
  joined_at_ms BIGINT NOT NULL,
  PRIMARY KEY (player_id, activity_id, ordinal) /*T![clustered_index] CLUSTERED */,
  -- Read in this order when an activity's counters are rebuilt; the primary key's columns follow by themselves.
  KEY activity_join_by_activity (activity_id, joined_at_ms)
) DEFAULT CHARSET = utf8mb4;
