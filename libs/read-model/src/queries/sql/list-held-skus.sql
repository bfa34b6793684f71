SELECT DISTINCT sku FROM fold.balance WHERE location = ANY ($1::text[]) AND sku > $2 ORDER BY sku LIMIT $3
