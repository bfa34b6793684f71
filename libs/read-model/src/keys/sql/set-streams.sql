INSERT INTO index.stream (stream, revision)
SELECT * FROM unnest($1::text[], $2::integer[])
ON CONFLICT (stream) DO UPDATE SET revision = excluded.revision
