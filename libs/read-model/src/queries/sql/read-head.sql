SELECT revision FROM fold.head WHERE sku = $1
