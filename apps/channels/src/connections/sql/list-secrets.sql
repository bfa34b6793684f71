SELECT channel, name, key_id, nonce, sealed
FROM connections.secret
WHERE channel = $1
