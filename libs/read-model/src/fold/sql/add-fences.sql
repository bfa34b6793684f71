INSERT INTO fold.fence AS fence (sku, location, channel, quantity)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
ON CONFLICT (sku, location, channel) DO UPDATE SET quantity = fence.quantity + excluded.quantity
