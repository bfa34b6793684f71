SELECT "row", listing, title, "references", sku, units_per_sale, barred, record
FROM channels.shop_row
WHERE channel = $1 AND "row" > $2
ORDER BY "row" LIMIT $3
