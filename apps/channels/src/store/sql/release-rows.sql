UPDATE channels.shop_row SET released_at = $3, due_at = $3
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND "row" = ANY ($2::text[]) ORDER BY "row" FOR UPDATE
))
