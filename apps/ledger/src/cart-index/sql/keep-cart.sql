UPDATE carts.cart SET skus = $2, version = version + 1 WHERE reservation = $1 AND version = $3
