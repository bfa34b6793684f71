-- SKUs that were ever held or are expected at one of the locations, and bundles of which all components are.
(SELECT DISTINCT sku FROM fold.balance WHERE location = ANY ($1::text[]) AND sku > $2 ORDER BY sku LIMIT $3)
UNION
(SELECT DISTINCT sku FROM fold.incoming WHERE location = ANY ($1::text[]) AND sku > $2 ORDER BY sku LIMIT $3)
UNION
(
  SELECT sku FROM fold.bundle
  WHERE sku > $2 AND components <> '[]' AND NOT EXISTS (
    SELECT FROM fold.component
    WHERE component.sku = bundle.sku AND NOT EXISTS (
      SELECT FROM fold.balance WHERE balance.sku = component.component AND location = ANY ($1::text[])
      UNION ALL
      SELECT FROM fold.incoming WHERE incoming.sku = component.component AND location = ANY ($1::text[])
    )
  )
  ORDER BY sku LIMIT $3
)
ORDER BY sku LIMIT $3
