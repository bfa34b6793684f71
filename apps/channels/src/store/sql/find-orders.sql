SELECT order_key, id, cart, reading, read_at, is_open, told_hash, ticket, told_at, is_included, again_at, making_since
FROM channels.shop_order
WHERE channel = $1 AND id = ANY ($2::text[]) AND vanished_at IS NULL
