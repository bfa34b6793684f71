SELECT reservation, skus, exploded, version FROM carts.cart WHERE reservation = $1
