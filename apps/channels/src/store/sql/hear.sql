-- Figures are asked for when a row has its turn: what was heard says that it has one.
WITH heard AS (
  UPDATE channels.shop_row SET heard = one.sequence, due_at = least(coalesce(due_at, $2), $2)
  FROM jsonb_to_recordset($1::jsonb) AS one (channel text, sku text, sequence bigint)
  WHERE shop_row.channel = one.channel AND shop_row.sku = one.sku AND shop_row.heard < one.sequence
  RETURNING shop_row.channel
)
SELECT DISTINCT channel FROM heard
