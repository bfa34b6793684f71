-- What was heard since the row was loaded makes it due again, and who has called for it since has it read again. Whoever writes many rows locks them in one order.
WITH one AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS one (
    "row" text, record jsonb, believed bigint, wanted bigint, would_push bigint, read_by bigint, read_at bigint, due_at bigint, heard bigint,
    released_at bigint, called bigint
  )
), locked AS MATERIALIZED (
  SELECT "row" FROM channels.shop_row
  WHERE channel = $1 AND "row" IN (SELECT one."row" FROM one)
  ORDER BY "row" FOR UPDATE
)
UPDATE channels.shop_row SET
  record = one.record,
  released_at = nullif(shop_row.released_at, one.released_at),
  believed = one.believed,
  wanted = one.wanted,
  would_push = one.would_push,
  read_by = CASE WHEN shop_row.read_by IS NOT DISTINCT FROM one.called THEN one.read_by ELSE least(shop_row.read_by, one.read_by) END,
  read_at = coalesce(one.read_at, shop_row.read_at),
  due_at = CASE WHEN shop_row.heard > one.heard THEN least(shop_row.due_at, one.due_at) ELSE one.due_at END
FROM one
JOIN locked ON locked."row" = one."row"
WHERE shop_row.channel = $1 AND shop_row."row" = one."row"
