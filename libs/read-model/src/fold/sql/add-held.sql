INSERT INTO fold.held AS held (sku, channel, quantity)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
ON CONFLICT (sku, channel) DO UPDATE SET quantity = held.quantity + excluded.quantity
