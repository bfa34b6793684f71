SELECT DISTINCT sku FROM fold.listing WHERE channel = $1 AND sku > $2 ORDER BY sku LIMIT $3
