-- Somebody may have set them. What orders and our own writes have told of is not read once more, and what is to be read is read once.
UPDATE channels.shop_row SET read_by = $3
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT shop_row."row" FROM channels.shop_row
  JOIN jsonb_to_recordset($2::jsonb) AS one ("row" text, figure bigint) ON shop_row."row" = one."row"
  WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL AND record IS NOT NULL AND read_by IS NULL
    AND believed IS DISTINCT FROM one.figure
  ORDER BY shop_row."row" FOR UPDATE OF shop_row
))
RETURNING "row"
