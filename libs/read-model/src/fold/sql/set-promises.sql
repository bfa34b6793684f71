INSERT INTO fold.promise (sku, channel, order_key, line, incoming_line, date, quantity, paid, placed_at, revision)
SELECT * FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[], $8::boolean[],
  $9::timestamptz[], $10::integer[]
)
