INSERT INTO connections.secret (channel, name, key_id, nonce, sealed)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (channel, name) DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed
