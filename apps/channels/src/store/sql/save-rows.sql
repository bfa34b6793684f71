-- What was heard since the row was loaded makes it due again.
UPDATE channels.shop_row SET
  record = one.record,
  believed = one.believed,
  wanted = one.wanted,
  would_push = one.would_push,
  read_by = one.read_by,
  read_at = coalesce(one.read_at, shop_row.read_at),
  due_at = CASE WHEN shop_row.heard > one.heard THEN least(shop_row.due_at, one.due_at) ELSE one.due_at END
FROM jsonb_to_recordset($2::jsonb) AS one (
  "row" text, record jsonb, believed bigint, wanted bigint, would_push bigint, read_by bigint, read_at bigint, due_at bigint, heard bigint
)
WHERE shop_row.channel = $1 AND shop_row."row" = one."row"
