-- $1 key id, $2 connection, $3 scopes, $4 hash, $5 created, $6 expires, $7 active keys at most.
-- The lock makes two creations for one connection count each other; it ends with the statement.
WITH locked AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(hashtextextended('api_key:' || $2::text, 0))
), active AS (
  SELECT count(*) AS keys
  FROM locked, auth.api_key
  WHERE connection = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $5)
)
INSERT INTO auth.api_key (key_id, connection, scopes, secret_hash, created_at, expires_at)
SELECT $1, $2, $3, $4, $5, $6 FROM active WHERE keys < $7
RETURNING key_id
