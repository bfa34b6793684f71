SELECT revision, what, content, actor, reason, changed_at
FROM connections.change
WHERE channel = $1 AND revision > $2
ORDER BY revision
LIMIT $3
