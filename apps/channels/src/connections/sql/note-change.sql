INSERT INTO connections.change (channel, revision, what, content, actor, reason)
VALUES ($1, $2, $3, $4::jsonb, $5, $6)
