-- Announcements of before the restore that were not told: what is announced anew stands for them.
INSERT INTO read.relay (name, cursor)
SELECT 'availability', lpad(max(sequence)::text, 20, '0') FROM read.outbox HAVING max(sequence) IS NOT NULL
ON CONFLICT (name) DO UPDATE SET cursor = greatest(relay.cursor, excluded.cursor)
