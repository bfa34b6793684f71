-- Falls first, what is nearly sold out before what is not, then what sells best.
SELECT "row", believed, wanted, sold_at, sold_per_day
FROM channels.shop_row
WHERE channel = $1 AND wanted <> believed AND least(due_at, read_by) <= $2 AND sku IS NOT NULL AND barred IS NULL
ORDER BY (wanted < believed) DESC, least(wanted, believed), sold_per_day DESC, "row"
LIMIT $3
