DELETE FROM carts.cart
WHERE reservation IN (SELECT reservation FROM carts.cart WHERE ends_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED)
