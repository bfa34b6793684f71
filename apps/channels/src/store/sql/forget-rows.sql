-- Nothing that is known of them holds any more.
UPDATE channels.shop_row SET record = NULL, read_by = $2, due_at = NULL
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND barred IS NULL ORDER BY "row" FOR UPDATE
))
