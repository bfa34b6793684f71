DELETE FROM fold.component WHERE sku = ANY ($1::text[])
