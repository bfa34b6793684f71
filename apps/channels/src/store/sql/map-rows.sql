-- As the ledger's listings say. A row that sells another SKU than before begins anew.
WITH one AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS one (listing text, sku text, units_per_sale bigint)
), locked AS MATERIALIZED (
  SELECT "row" FROM channels.shop_row
  JOIN one ON shop_row.listing = one.listing
    AND (shop_row.sku IS DISTINCT FROM one.sku OR shop_row.units_per_sale <> one.units_per_sale)
  WHERE channel = $1
  ORDER BY "row" FOR UPDATE OF shop_row
)
UPDATE channels.shop_row SET sku = one.sku, units_per_sale = one.units_per_sale, record = NULL, heard = 0, read_by = $3
FROM one, locked
WHERE shop_row.channel = $1 AND shop_row."row" = locked."row" AND shop_row.listing = one.listing
  AND (shop_row.sku IS DISTINCT FROM one.sku OR shop_row.units_per_sale <> one.units_per_sale)
