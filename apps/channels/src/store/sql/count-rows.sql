SELECT count(*) AS rows FROM channels.shop_row
WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL AND ($2::text[] IS NULL OR sku = ANY ($2::text[]))
