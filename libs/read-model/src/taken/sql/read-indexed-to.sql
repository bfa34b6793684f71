SELECT position
FROM read.projection
JOIN read.checkpoint ON checkpoint.name = projection.name AND checkpoint.version = projection.live
WHERE projection.name = 'index'
