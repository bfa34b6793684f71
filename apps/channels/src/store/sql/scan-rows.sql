WITH old AS (
  SELECT "row" FROM channels.shop_row
  WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL AND read_by IS NULL
    AND read_at < $2 - CASE WHEN sold_per_day >= 5 THEN $3::bigint WHEN sold_per_day >= 0.5 THEN $4::bigint ELSE $5::bigint END
  ORDER BY read_at LIMIT $6
)
UPDATE channels.shop_row SET read_by = $2
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND "row" = ANY (ARRAY(SELECT old."row" FROM old)) ORDER BY "row" FOR UPDATE
))
RETURNING "row"
