INSERT INTO fold.incoming (sku, line, connection, location, quantity, ordered_at, eta, confirmed, confidence, revision)
SELECT sku, line, connection, location, quantity, ordered_at, nullif(eta, '')::timestamptz, confirmed, confidence, revision
FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::boolean[], $9::integer[],
  $10::integer[]
) AS told (sku, line, connection, location, quantity, ordered_at, eta, confirmed, confidence, revision)
ON CONFLICT (sku, line) DO UPDATE SET
  connection = excluded.connection,
  location = excluded.location,
  quantity = excluded.quantity,
  ordered_at = excluded.ordered_at,
  eta = excluded.eta,
  confirmed = excluded.confirmed,
  confidence = excluded.confidence,
  revision = excluded.revision
