UPDATE carts.cart
SET version = version + 1, ends_at = greatest(ends_at, now() + $2::bigint * interval '1 millisecond')
WHERE reservation = $1
RETURNING reservation, skus, exploded, version
