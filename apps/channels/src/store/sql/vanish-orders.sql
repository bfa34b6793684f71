UPDATE channels.shop_order SET vanished_at = $3, again_at = NULL
WHERE channel = $1 AND order_key = ANY ($2::text[]) AND vanished_at IS NULL
