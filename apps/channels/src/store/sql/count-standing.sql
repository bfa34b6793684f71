SELECT
  (SELECT count(*) FROM channels.shop_row
    WHERE channel = $1 AND wanted = believed AND least(due_at, read_by) <= $2 AND sku IS NOT NULL AND barred IS NULL)
  + (SELECT count(*) FROM channels.shop_row
    WHERE channel = $1 AND wanted <> believed AND least(due_at, read_by) <= $2 AND sku IS NOT NULL AND barred IS NULL) AS rows_due,
  (SELECT count(*) FROM channels.shop_order WHERE channel = $1 AND NOT is_included) AS orders_under_way
