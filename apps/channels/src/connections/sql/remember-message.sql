INSERT INTO connections.message (channel, digest, heard_at)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
