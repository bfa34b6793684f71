-- Figures are asked for again when a row has its turn; these say how urgent that is. Pairs without any row are answered too:
-- somebody may have mapped a listing.
WITH pair AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS one (channel text, sku text, sequence bigint, shown bigint, held jsonb)
), heard AS (
  UPDATE channels.shop_row SET
    heard = pair.sequence,
    wanted = (pair.shown + coalesce((pair.held ->> shop_row.listing)::bigint, 0)) / shop_row.units_per_sale,
    due_at = least(coalesce(due_at, $2), $2)
  FROM pair
  WHERE shop_row.channel = pair.channel AND shop_row.sku = pair.sku AND shop_row.heard < pair.sequence
  RETURNING shop_row.channel
)
SELECT channel, false AS is_unmapped FROM heard
UNION
SELECT pair.channel, true FROM pair
WHERE NOT EXISTS (SELECT FROM channels.shop_row WHERE shop_row.channel = pair.channel AND shop_row.sku = pair.sku)
