SELECT sku, channel, quantity FROM fold.held WHERE quantity <> 0
