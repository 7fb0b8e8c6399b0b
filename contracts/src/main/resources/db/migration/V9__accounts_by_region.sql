-- Accounts by registered region: the region is part of every key and the partition column. A cell's database holds its
-- own region alone, and no row of another one fits into it; where several cells share a database, each has a partition,
-- and on TiDB a placement, of its own (docs/tidb.md). New tables instead of altered ones, because TiDB does not change
-- a clustered primary key: no account may be made while this runs. Written by gateway-service.
CREATE TABLE account_by_region (
  region        VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  player_id     BIGINT UNSIGNED NOT NULL,
  name          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  password_hash VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at    TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  -- LIVE; LEAVING and ARRIVING while it is copied to another region, LEFT when it lives there.
  state         VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'LIVE',
  -- The other region: where it goes to, came from or lives now.
  other_region  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (region, player_id) /*T![clustered_index] CLUSTERED */,
  UNIQUE KEY account_name (region, name)
) DEFAULT CHARSET = utf8mb4 PARTITION BY LIST COLUMNS (region) (PARTITION home VALUES IN ('${region}'));
INSERT INTO account_by_region (region, player_id, name, password_hash, created_at)
  SELECT region, player_id, name, password_hash, created_at FROM account;
DROP TABLE account;
ALTER TABLE account_by_region RENAME TO account;

CREATE TABLE identity_by_region (
  region     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issuer     VARBINARY(255) NOT NULL,
  subject    VARBINARY(255) NOT NULL,
  player_id  BIGINT UNSIGNED NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (region, issuer, subject) /*T![clustered_index] CLUSTERED */,
  -- Leads from a player that moves to its identities.
  KEY account_identity_by_player (region, player_id)
) DEFAULT CHARSET = utf8mb4 PARTITION BY LIST COLUMNS (region) (PARTITION home VALUES IN ('${region}'));
INSERT INTO identity_by_region (region, issuer, subject, player_id, created_at)
  SELECT '${region}', issuer, subject, player_id, created_at FROM account_identity;
DROP TABLE account_identity;
ALTER TABLE identity_by_region RENAME TO account_identity;

-- How often the leaderboards have missed committed scores, and up to which of these they were rebuilt since.
-- Written by reward-service.
CREATE TABLE leaderboard_debt (
  region  VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owed    BIGINT UNSIGNED NOT NULL,
  settled BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (region) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
