SELECT
  entry.location, entry.revision, physical_delta,
  sellable, reserved, committed, quarantined, damaged, fenced
FROM unnest($2::text[], $3::timestamptz[], $4::integer[]) AS wanted (location, recorded_at, revision)
JOIN history.entry ON
  entry.sku = $1 AND entry.location = wanted.location
  AND entry.recorded_at = wanted.recorded_at AND entry.revision = wanted.revision
