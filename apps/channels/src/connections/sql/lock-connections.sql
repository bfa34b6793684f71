SELECT channel, connection, kind, settings, rung, canary, paused_from, paused_for, revision
FROM connections.connection
ORDER BY channel
FOR UPDATE
