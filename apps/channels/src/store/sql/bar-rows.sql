UPDATE channels.shop_row SET barred = $3, due_at = NULL, read_by = NULL
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND "row" = ANY ($2::text[]) ORDER BY "row" FOR UPDATE
))
