INSERT INTO read.checkpoint (name, version) VALUES ($1, $2)
