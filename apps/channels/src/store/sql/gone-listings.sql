-- What a whole reading that began then did not show, and no later one either.
UPDATE channels.shop_row SET barred = 'gone', due_at = NULL, read_by = NULL
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row
  WHERE channel = $1 AND barred IS DISTINCT FROM 'gone' AND listed_at < $2
  ORDER BY "row" FOR UPDATE
))
RETURNING "row", sku
