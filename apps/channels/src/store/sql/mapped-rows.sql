-- Of these rows those of which somebody has said what they sell, whether they are kept right or not.
SELECT "row" FROM channels.shop_row
WHERE channel = $1 AND "row" = ANY (ARRAY(SELECT unnest($2::text[]))) AND sku IS NOT NULL
