DELETE FROM channels.claim
WHERE channel = $1 AND order_key = ANY ($2::text[]) AND pending = 0 AND unconfirmed = 0 AND NOT rises_wait
