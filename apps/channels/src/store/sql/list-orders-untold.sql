SELECT order_key, ticket, told_at FROM channels.shop_order
WHERE channel = $1 AND NOT is_included
ORDER BY ticket LIMIT $2
