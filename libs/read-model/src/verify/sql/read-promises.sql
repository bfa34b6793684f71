SELECT sku, channel, order_key, line, incoming_line, date, quantity FROM fold.promise
