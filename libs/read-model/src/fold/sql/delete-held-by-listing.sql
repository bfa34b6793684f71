DELETE FROM fold.held_by_listing USING unnest($1::text[]) AS changed (sku)
WHERE held_by_listing.sku = changed.sku AND held_by_listing.quantity = 0
