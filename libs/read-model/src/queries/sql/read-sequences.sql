SELECT sku, sequence FROM read.announced WHERE channel = $1 AND sku = ANY ($2::text[])
