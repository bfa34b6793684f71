-- A command's events may lie in two batches: what the first one wrote stays its beginning.
INSERT INTO index.command AS command (stream, id, hash, first, last, recorded_at)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::integer[], $6::timestamptz[])
ON CONFLICT (stream, id) DO UPDATE SET
  hash = excluded.hash,
  first = CASE WHEN command.last = excluded.first - 1 THEN command.first ELSE excluded.first END,
  last = excluded.last,
  recorded_at = excluded.recorded_at
