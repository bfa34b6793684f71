-- What is written again is there already. Of failures the payload is kept by itself, of successes the last one of each key.
WITH told AS (
  SELECT channel, at::timestamptz AS at, direction, operation, resource, external_id, source_change,
    nullif(run, '') AS run, outcome, code, millis, sha256, payload
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::int4[], $12::bytea[], $13::text[])
    AS t (channel, at, direction, operation, resource, external_id, source_change, run, outcome, code, millis, sha256, payload)
), entered AS (
  INSERT INTO channel_records.sync_entry
    (channel, at, direction, operation, resource, external_id, source_change, run, outcome, code, millis, payload_sha256)
  SELECT channel, at, direction, operation, resource, external_id, source_change, run, outcome, code, millis, sha256
  FROM told
  ON CONFLICT DO NOTHING
  RETURNING id, channel, at, direction, operation, resource, external_id, source_change, outcome
), kept AS (
  SELECT DISTINCT ON (e.id) e.*, t.payload
  FROM entered e
  JOIN told t USING (channel, at, direction, operation, resource, external_id, source_change)
  WHERE t.payload <> ''
), failures AS (
  INSERT INTO channel_records.sync_failure (entry, at, payload)
  SELECT id, at, payload FROM kept WHERE outcome IN ('failed', 'unknown')
)
INSERT INTO channel_records.sync_success AS last
  (channel, direction, operation, resource, external_id, entry, at, payload)
SELECT DISTINCT ON (channel, direction, operation, resource, external_id)
  channel, direction, operation, resource, external_id, id, at, payload
FROM kept
WHERE outcome = 'done'
ORDER BY channel, direction, operation, resource, external_id, at DESC, id DESC
ON CONFLICT (channel, direction, operation, resource, external_id) DO UPDATE
  SET entry = excluded.entry, at = excluded.at, payload = excluded.payload
  WHERE last.at <= excluded.at
