SELECT name, shape FROM read.projection
