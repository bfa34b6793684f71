SELECT id FROM channels.shop_order
WHERE channel = $1 AND review_at <= $2 AND cancel_asked_at IS NULL AND vanished_at IS NULL
ORDER BY review_at LIMIT $3
