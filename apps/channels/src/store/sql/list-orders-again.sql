SELECT id FROM channels.shop_order WHERE channel = $1 AND again_at <= $2 ORDER BY again_at LIMIT $3
