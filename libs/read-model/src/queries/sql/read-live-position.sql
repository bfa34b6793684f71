SELECT checkpoint.position, read.moment() AS now
FROM read.projection
JOIN read.checkpoint ON checkpoint.name = projection.name AND checkpoint.version = projection.live
WHERE projection.name = $1
