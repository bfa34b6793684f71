-- A row has one finding of a moment. What a person has to say something of is open; what may be said more of is resolvable.
INSERT INTO channel_records.finding
  (channel, shop_row, sku, kind, units, cause, read, expected, hold, written, target, since, at, state)
SELECT channel, shop_row, sku, kind, units, cause, read, nullif(expected, '')::bigint[], nullif(hold, ''),
  nullif(written, '')::bigint, target, nullif(since, '')::timestamptz, at::timestamptz,
  CASE kind WHEN 'drift_held' THEN 'open' WHEN 'above' THEN 'resolvable' ELSE 'noted' END
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[], $6::text[], $7::int8[], $8::text[], $9::text[],
  $10::text[], $11::int8[], $12::text[], $13::text[])
  AS t (channel, shop_row, sku, kind, units, cause, read, expected, hold, written, target, since, at)
ON CONFLICT DO NOTHING
