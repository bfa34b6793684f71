WITH included AS (
  UPDATE channels.shop_order SET is_included = true
  FROM jsonb_to_recordset($2::jsonb) AS one (order_key text, version bigint)
  WHERE channel = $1 AND shop_order.order_key = one.order_key AND shop_order.ticket <= one.version AND NOT is_included
  RETURNING shop_order.order_key
), confirmed AS (
  UPDATE channels.claim SET unconfirmed = 0 FROM included
  WHERE claim.channel = $1 AND claim.order_key = included.order_key AND claim.unconfirmed <> 0
  RETURNING claim."row"
)
UPDATE channels.shop_row SET due_at = least(coalesce(due_at, $3), $3)
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND "row" IN (SELECT "row" FROM confirmed) ORDER BY "row" FOR UPDATE
))
