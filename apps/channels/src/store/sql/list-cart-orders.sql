SELECT cart, array_agg(order_key ORDER BY order_key) AS order_keys
FROM channels.shop_order
WHERE channel = $1 AND cart = ANY ($2::text[])
GROUP BY cart HAVING count(*) > 1
