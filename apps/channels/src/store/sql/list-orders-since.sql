-- Those that were read since, and those that the shop may change without a word.
SELECT id FROM channels.shop_order
WHERE channel = $1 AND vanished_at IS NULL AND (read_at >= $2 OR is_open) AND id > $3
ORDER BY id LIMIT $4
