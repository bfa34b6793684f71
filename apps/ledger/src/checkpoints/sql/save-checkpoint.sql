-- Two processes may run the same subscription; the row never goes back.
INSERT INTO sagas.checkpoint (name, position) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET position = greatest(checkpoint.position, excluded.position)
