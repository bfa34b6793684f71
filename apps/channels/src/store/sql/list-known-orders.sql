SELECT id FROM channels.shop_order
WHERE channel = $1 AND vanished_at IS NULL AND id > $2
ORDER BY id LIMIT $3
