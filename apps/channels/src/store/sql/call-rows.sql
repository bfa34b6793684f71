-- All rows of a channel, or those of some SKUs, are read again.
UPDATE channels.shop_row SET read_by = least(coalesce(read_by, $3), $3)
WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL AND ($2::text[] IS NULL OR sku = ANY ($2::text[]))
