-- How many SKUs a location holds units of, and how many of those are not among these.
-- $1: location; $2: the SKUs that somebody has named.
SELECT count(*)::integer AS held,
  (count(*) FILTER (WHERE named.sku IS NULL))::integer AS missing
FROM fold.balance
LEFT JOIN unnest($2::text[]) AS named (sku) ON named.sku = balance.sku
WHERE balance.location = $1
  AND (
    balance.sellable + balance.reserved + balance.committed + balance.quarantined + balance.damaged > 0
    OR EXISTS (
      SELECT FROM fold.fence
      WHERE fence.sku = balance.sku AND fence.location = balance.location AND fence.quantity > 0
    )
  )
