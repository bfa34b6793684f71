UPDATE connections.connection
SET settings = $2::jsonb, rung = $3, canary = $4::jsonb, paused_from = $5, paused_for = $6, revision = $7
WHERE channel = $1
