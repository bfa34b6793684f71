-- $7: keys that may be active, this one included. No row comes back when there are as many.
INSERT INTO auth.api_key (key_id, connection, scopes, secret_hash, created_at, expires_at)
SELECT $1, $2, $3::text[], $4, $5::timestamptz, $6::timestamptz
WHERE $7::int > (
  SELECT count(*) FROM auth.api_key
  WHERE connection = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $5::timestamptz)
)
RETURNING key_id
