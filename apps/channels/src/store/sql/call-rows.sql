-- All rows of a channel, or those of some SKUs, are read again. They are locked in one order, as whoever writes many does, and found
-- by the key, however old the statistics are: joined, 8,000 rows of a shop that was new took 10 s.
UPDATE channels.shop_row SET read_by = least(coalesce(read_by, $3), $3)
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row
  WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL AND ($2::text[] IS NULL OR sku = ANY ($2::text[]))
  ORDER BY "row" FOR UPDATE
))
