INSERT INTO fold.channel (
  channel, connection, locations, reservation_ttl_millis, split_carts, buffer, cap, backorder, payment_classes, revision
)
SELECT channel, connection, ARRAY(SELECT jsonb_array_elements_text(locations::jsonb)), reservation_ttl_millis, split_carts,
  nullif(buffer, '')::jsonb, nullif(cap, '')::jsonb, nullif(backorder, '')::jsonb, nullif(payment_classes, '')::jsonb, revision
FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::bigint[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::text[], $10::integer[]
) AS change (
  channel, connection, locations, reservation_ttl_millis, split_carts, buffer, cap, backorder, payment_classes, revision
)
ON CONFLICT (channel) DO UPDATE SET
  connection = excluded.connection,
  locations = excluded.locations,
  reservation_ttl_millis = excluded.reservation_ttl_millis,
  split_carts = excluded.split_carts,
  buffer = excluded.buffer,
  cap = excluded.cap,
  backorder = excluded.backorder,
  payment_classes = excluded.payment_classes,
  revision = excluded.revision
