SELECT count(*) AS rows FROM channels.shop_row
WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL AND ($2::bigint IS NULL OR read_by <= $2)
  AND ($3::text[] IS NULL OR sku = ANY ($3::text[]))
