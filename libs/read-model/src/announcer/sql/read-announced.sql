SELECT sku, channel, atp, shown, held, held_by_listing, state, valid_until
FROM read.announced
WHERE sku = ANY ($1::text[])
