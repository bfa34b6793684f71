SELECT sku, incoming_line, quantity FROM fold.pledge WHERE quantity <> 0
