-- Figures are asked for again when a row has its turn; these say how urgent that is. Pairs without any row are answered too:
-- somebody may have mapped a listing. Rows are locked in the one order of whoever writes many.
WITH pair AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS one (channel text, sku text, sequence bigint, shown bigint, held jsonb)
), locked AS MATERIALIZED (
  SELECT shop_row.channel, shop_row."row" FROM channels.shop_row
  JOIN pair ON shop_row.channel = pair.channel AND shop_row.sku = pair.sku AND shop_row.heard < pair.sequence
  ORDER BY shop_row.channel, shop_row."row" FOR UPDATE OF shop_row
), heard AS (
  UPDATE channels.shop_row SET
    heard = pair.sequence,
    wanted = (pair.shown + coalesce((pair.held ->> shop_row.listing)::bigint, 0)) / shop_row.units_per_sale,
    due_at = least(coalesce(due_at, $2), $2)
  FROM pair, locked
  WHERE shop_row.channel = locked.channel AND shop_row."row" = locked."row"
    AND shop_row.channel = pair.channel AND shop_row.sku = pair.sku AND shop_row.heard < pair.sequence
  RETURNING shop_row.channel
)
SELECT channel, false AS is_unmapped FROM heard
UNION
SELECT pair.channel, true FROM pair
WHERE NOT EXISTS (SELECT FROM channels.shop_row WHERE shop_row.channel = pair.channel AND shop_row.sku = pair.sku)
