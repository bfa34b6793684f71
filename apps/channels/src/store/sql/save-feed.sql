INSERT INTO channels.feed (channel, cursors, began_at, whole_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (channel) DO UPDATE SET cursors = excluded.cursors, whole_at = excluded.whole_at
