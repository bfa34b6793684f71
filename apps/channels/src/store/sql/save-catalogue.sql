INSERT INTO channels.catalogue (channel, read_at) VALUES ($1, $2)
ON CONFLICT (channel) DO UPDATE SET read_at = excluded.read_at
