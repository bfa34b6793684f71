-- $1: older than this; $2: rows at most.
DELETE FROM channel_records.sync_entry
WHERE id IN (SELECT id FROM channel_records.sync_entry WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)
