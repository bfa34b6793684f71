DELETE FROM connections.message
WHERE (channel, digest) IN (SELECT channel, digest FROM connections.message WHERE heard_at < $1 ORDER BY heard_at LIMIT $2)
