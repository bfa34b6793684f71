SELECT least(
  (SELECT min(due_at) FROM channels.shop_row WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL),
  (SELECT min(read_by) FROM channels.shop_row WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL)
) AS at
