SELECT sku, channel, order_key, line, quantity, paid, placed_at, revision
FROM fold.owed
WHERE (sku, channel, order_key, line) > ($1, $2, $3, $4)
ORDER BY sku, channel, order_key, line
LIMIT $5
