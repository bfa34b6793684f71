-- $10: channels that may be connected, this one included. No row where there are as many, or it is there already.
INSERT INTO connections.connection (channel, connection, kind, settings, rung, canary, paused_from, paused_for, revision)
SELECT $1, $2, $3, $4::jsonb, $5, $6::jsonb, $7, $8, $9::bigint
WHERE (SELECT count(*) FROM connections.connection) < $10::int
ON CONFLICT DO NOTHING
