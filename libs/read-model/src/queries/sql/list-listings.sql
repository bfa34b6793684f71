SELECT channel, product, variant, sku, units_per_sale, revision
FROM fold.listing
WHERE channel = $1 AND (product, variant) > ($2, $3)
ORDER BY product, variant
LIMIT $4
