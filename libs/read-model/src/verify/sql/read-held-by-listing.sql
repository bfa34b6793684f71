SELECT sku, channel, listing, quantity FROM fold.held_by_listing
