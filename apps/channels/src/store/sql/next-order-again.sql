SELECT min(again_at) AS at FROM channels.shop_order WHERE channel = $1 AND again_at IS NOT NULL
