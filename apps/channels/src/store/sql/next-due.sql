SELECT least(
  (SELECT min(least(due_at, read_by)) FROM channels.shop_row
    WHERE channel = $1 AND wanted = believed AND sku IS NOT NULL AND barred IS NULL),
  (SELECT min(least(due_at, read_by)) FROM channels.shop_row
    WHERE channel = $1 AND wanted <> believed AND least(due_at, read_by) IS NOT NULL AND sku IS NOT NULL AND barred IS NULL)
) AS at
