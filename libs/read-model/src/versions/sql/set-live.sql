UPDATE read.projection SET live = $2 WHERE name = $1
