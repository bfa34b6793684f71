SELECT sku, transfer, quantity FROM fold.transit
