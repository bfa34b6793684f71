SELECT position, event_id FROM read.checkpoint WHERE name = $1 AND version = $2 FOR UPDATE
