SELECT id FROM channels.shop_order
WHERE channel = $1 AND is_open AND vanished_at IS NULL AND read_at < $2
ORDER BY read_at LIMIT $3
