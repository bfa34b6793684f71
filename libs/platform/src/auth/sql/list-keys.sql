SELECT key_id, connection, scopes, secret_hash, created_at, expires_at, revoked_at
FROM auth.api_key
ORDER BY connection, created_at, key_id
