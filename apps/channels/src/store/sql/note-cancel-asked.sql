-- Read again soon after, and when every request of now has ended.
UPDATE channels.shop_order SET cancel_asked_at = $3, again_at = $4
WHERE channel = $1 AND order_key = $2
