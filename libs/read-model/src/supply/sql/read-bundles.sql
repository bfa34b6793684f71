-- Those of some SKUs that are bundles, or were one.
SELECT
  bundle.sku,
  bundle.components,
  bundle.revision,
  bundle.position,
  read.moment() AS at,
  ARRAY(SELECT DISTINCT channel FROM fold.listing WHERE listing.sku = bundle.sku) AS listed_by
FROM unnest($1::text[]) AS wanted (sku)
JOIN fold.bundle ON bundle.sku = wanted.sku
