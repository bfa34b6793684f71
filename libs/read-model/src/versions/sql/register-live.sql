INSERT INTO read.projection (name, live) VALUES ($1, $2)
