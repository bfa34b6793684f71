INSERT INTO channels.catalogue AS kept (channel, read_at, called_for) VALUES ($1, 0, $2)
ON CONFLICT (channel) DO UPDATE SET called_for = excluded.called_for
WHERE kept.called_for IS DISTINCT FROM excluded.called_for
RETURNING channel
