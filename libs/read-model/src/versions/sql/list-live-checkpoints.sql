SELECT checkpoint.name, checkpoint.version, checkpoint.position, checkpoint.event_id
FROM read.checkpoint AS checkpoint
JOIN read.projection AS projection ON projection.name = checkpoint.name AND projection.live = checkpoint.version
ORDER BY checkpoint.name
