INSERT INTO history.fact (
  sku, kind, connection, source_key, version, witness, location, units, document, channel, order_key, line,
  occurred_at, recorded_at
)
SELECT sku, kind, connection, source_key, version, witness, location, units,
  nullif(document, ''), nullif(channel, ''), nullif(order_key, ''), nullif(line, ''), occurred_at, recorded_at
FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::boolean[], $7::text[], $8::bigint[], $9::text[],
  $10::text[], $11::text[], $12::text[], $13::timestamptz[], $14::timestamptz[]
) AS told (
  sku, kind, connection, source_key, version, witness, location, units, document, channel, order_key, line,
  occurred_at, recorded_at
)
ON CONFLICT (sku, kind, connection, source_key) DO UPDATE SET
  version = excluded.version,
  witness = excluded.witness,
  location = excluded.location,
  units = excluded.units,
  document = excluded.document,
  channel = excluded.channel,
  order_key = excluded.order_key,
  line = excluded.line,
  occurred_at = excluded.occurred_at,
  recorded_at = excluded.recorded_at
