UPDATE read.checkpoint SET position = $3, event_id = $4 WHERE name = $1 AND version = $2
