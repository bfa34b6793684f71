INSERT INTO fold.owed (sku, channel, order_key, line, quantity, paid, placed_at, revision)
SELECT * FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[], $7::timestamptz[], $8::integer[]
)
ON CONFLICT (sku, channel, order_key, line) DO UPDATE SET
  quantity = excluded.quantity,
  paid = excluded.paid,
  placed_at = excluded.placed_at,
  revision = excluded.revision
