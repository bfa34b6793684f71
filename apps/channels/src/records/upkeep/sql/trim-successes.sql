-- $1: older than this; $2: rows at most.
DELETE FROM channel_records.sync_success
WHERE entry IN (SELECT entry FROM channel_records.sync_success WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)
