-- One snapshot for all: what is told of ids and keys holds up to the revision that is told of their stream.
SELECT 'stream' AS kind, stream, NULL AS key, NULL AS hash, revision AS first, revision AS last, NULL::boolean AS stands
FROM index.stream WHERE stream = ANY ($1::text[])
UNION ALL
SELECT 'command', command.stream, command.id, command.hash, command.first, command.last, NULL
FROM unnest($2::text[], $3::text[]) AS asked (stream, id)
JOIN index.command ON command.stream = asked.stream AND command.id = asked.id
UNION ALL
SELECT 'fact', stream, key, NULL, revision, revision, stands
FROM index.fact WHERE key = ANY ($4::text[])
