-- Lines of purchase orders that something is still expected on.
-- $1, $2: after this SKU and line; $3: lines at most; $4, $5: of one SKU, for one location (null: all).
SELECT
  incoming.sku, line, connection, location, incoming.quantity, received, ordered_at, eta, confirmed, confidence,
  coalesce(pledge.quantity, 0) AS pledged, revision
FROM fold.incoming LEFT JOIN fold.pledge ON pledge.sku = incoming.sku AND pledge.incoming_line = line
WHERE connection IS NOT NULL AND incoming.quantity > received
  AND (incoming.sku, line) > ($1::text, $2::text)
  AND ($4::text IS NULL OR incoming.sku = $4)
  AND ($5::text IS NULL OR location = $5)
ORDER BY incoming.sku, line
LIMIT $3
