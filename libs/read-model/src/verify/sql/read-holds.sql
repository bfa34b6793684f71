SELECT sku, reservation, channel, quantity, expires_at FROM fold.hold
