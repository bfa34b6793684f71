SELECT live FROM read.projection WHERE name = $1
