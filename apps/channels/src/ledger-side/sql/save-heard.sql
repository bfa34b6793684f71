-- Two processes may follow for a moment; the row never goes back.
INSERT INTO channel_side.heard (name, sequence) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET sequence = greatest(heard.sequence, excluded.sequence)
