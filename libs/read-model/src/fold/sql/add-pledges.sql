INSERT INTO fold.pledge AS pledge (sku, incoming_line, quantity)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
ON CONFLICT (sku, incoming_line) DO UPDATE SET quantity = pledge.quantity + excluded.quantity
