INSERT INTO read.projection (name, live, shape) VALUES ($1, $2, $3)
