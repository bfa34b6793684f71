DELETE FROM carts.cart WHERE reservation = $1 AND version = $2
