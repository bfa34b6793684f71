DELETE FROM fold.transit USING unnest($1::text[], $2::text[]) AS changed (sku, transfer)
WHERE transit.sku = changed.sku AND transit.transfer = changed.transfer AND transit.quantity = 0
