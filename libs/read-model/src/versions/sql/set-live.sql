UPDATE read.projection SET live = $2, shape = $3 WHERE name = $1
