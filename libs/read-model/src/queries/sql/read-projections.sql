SELECT checkpoint.name, checkpoint.version, checkpoint.version = projection.live AS live, checkpoint.position
FROM read.checkpoint JOIN read.projection ON projection.name = checkpoint.name
ORDER BY checkpoint.name, checkpoint.version
