-- The shop has moved them: a look shows whether that is what the ledger says.
WITH one AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS one ("row" text, record jsonb, believed bigint, sold bigint)
), locked AS MATERIALIZED (
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND "row" IN (SELECT one."row" FROM one) ORDER BY "row" FOR UPDATE
)
UPDATE channels.shop_row SET
  record = coalesce(one.record, shop_row.record),
  believed = one.believed,
  due_at = least(coalesce(shop_row.due_at, $3), $3),
  -- Nobody has seen yet that it did: two of its acts at once may have lost one.
  read_by = coalesce(shop_row.read_by, $4::bigint),
  sold_at = CASE WHEN one.sold > 0 THEN $3 ELSE sold_at END,
  -- Of about the last day: what was sold before counts by half after twelve hours.
  sold_per_day = CASE
    WHEN one.sold > 0 THEN sold_per_day * power(0.5, greatest(0, $3 - coalesce(sold_at, $3)) / 43200000.0) + one.sold
    ELSE sold_per_day
  END
FROM one JOIN locked ON locked."row" = one."row"
WHERE shop_row.channel = $1 AND shop_row."row" = one."row"
