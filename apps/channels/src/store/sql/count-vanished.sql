SELECT count(*)::integer AS orders FROM channels.shop_order
WHERE channel = $1 AND vanished_at IS NOT NULL AND vanished_at > $2
