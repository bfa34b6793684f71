DELETE FROM read.checkpoint WHERE name = $1 AND version = $2
