INSERT INTO fold.transit AS transit (sku, transfer, destination, quantity)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
ON CONFLICT (sku, transfer) DO UPDATE SET
  destination = coalesce(nullif(excluded.destination, ''), transit.destination),
  quantity = transit.quantity + excluded.quantity
