-- What is there already is newer.
INSERT INTO carts.cart (reservation, skus, version, ends_at)
SELECT t.reservation, ARRAY(SELECT jsonb_array_elements_text(t.skus::jsonb)), 1, now() + $3::bigint * interval '1 millisecond'
FROM unnest($1::text[], $2::text[]) AS t (reservation, skus)
ORDER BY t.reservation COLLATE "C"
ON CONFLICT DO NOTHING
