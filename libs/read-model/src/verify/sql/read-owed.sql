SELECT sku, channel, order_key, line, quantity FROM fold.owed
