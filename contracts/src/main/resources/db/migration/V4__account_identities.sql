-- Whom an OpenID Connect issuer vouches for, and the account that is theirs. Written by gateway-service.
-- Bytes, so that two subjects are the same only if every byte is, trailing blanks too.
CREATE TABLE account_identity (
  issuer     VARBINARY(255) NOT NULL,
  subject    VARBINARY(255) NOT NULL,
  player_id  BIGINT UNSIGNED NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (issuer, subject) /*T![clustered_index] CLUSTERED */
) DEFAULT CHARSET = utf8mb4;
