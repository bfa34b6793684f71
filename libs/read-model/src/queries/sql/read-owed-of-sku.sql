SELECT sku, channel, order_key, line, quantity, paid, placed_at, revision
FROM fold.owed
WHERE sku = $1
ORDER BY NOT paid, placed_at, channel, order_key, line
LIMIT $2
