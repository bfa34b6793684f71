INSERT INTO history.entry (
  sku, location, revision, recorded_at, occurred_at, position, physical_delta,
  sellable, reserved, committed, quarantined, damaged, fenced
)
SELECT sku, location, revision, recorded_at, occurred_at, position, physical_delta,
  sellable, reserved, committed, quarantined, damaged, nullif(fenced, '')::jsonb
FROM unnest(
  $1::text[], $2::text[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::bigint[], $7::bigint[],
  $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::text[]
) AS entry (
  sku, location, revision, recorded_at, occurred_at, position, physical_delta,
  sellable, reserved, committed, quarantined, damaged, fenced
)
