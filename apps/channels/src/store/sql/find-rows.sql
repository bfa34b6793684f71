-- An array whose length the planner does not know is found by the key, however old the statistics are: of a shop that was new all
-- rows were read for some.
SELECT shop_row."row", listing, sku, units_per_sale, record, released_at, heard, due_at, read_by, sold_at, sold_per_day, would_push,
  coalesce(claimed.pending, 0) AS pending, coalesce(claimed.unconfirmed, 0) AS unconfirmed,
  coalesce(claimed.rises_wait, false) AS rises_wait
FROM channels.shop_row
LEFT JOIN LATERAL (
  SELECT sum(pending)::bigint AS pending, sum(unconfirmed)::bigint AS unconfirmed, bool_or(rises_wait) AS rises_wait
  FROM channels.claim WHERE claim.channel = $1 AND claim."row" = shop_row."row"
) AS claimed ON true
WHERE shop_row.channel = $1 AND shop_row."row" = ANY (ARRAY(SELECT unnest($2::text[]))) AND barred IS NULL
