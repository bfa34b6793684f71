UPDATE channels.shop_row SET barred = 'gone', due_at = NULL, read_by = NULL
WHERE channel = $1 AND barred IS DISTINCT FROM 'gone' AND NOT "row" = ANY ($2::text[])
RETURNING "row", sku
