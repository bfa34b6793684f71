SELECT order_key, id, vanished_at FROM channels.shop_order
WHERE channel = $1 AND vanished_at IS NOT NULL AND order_key > $2
ORDER BY order_key LIMIT $3
