SELECT sku, revision, position FROM fold.head
