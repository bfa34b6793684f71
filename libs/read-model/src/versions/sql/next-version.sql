SELECT max(version) + 1 AS next FROM read.checkpoint WHERE name = $1
