-- For a moment two processes may be the relay: what one has told is told.
INSERT INTO read.relay (name, cursor) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET cursor = greatest(relay.cursor, excluded.cursor)
