SELECT sku, components, revision FROM fold.bundle WHERE sku > $1 ORDER BY sku LIMIT $2
