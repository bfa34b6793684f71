SELECT channel, name, key_id, nonce, sealed
FROM connections.secret
WHERE key_id <> $1
ORDER BY channel, name
FOR UPDATE
