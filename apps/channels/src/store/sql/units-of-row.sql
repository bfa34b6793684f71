SELECT units_per_sale FROM channels.shop_row WHERE channel = $1 AND "row" = $2 AND sku IS NOT NULL
