-- The last entry of every place, and the sum of all its physical deltas.
SELECT DISTINCT ON (sku, location)
  sku, location, sellable, reserved, committed, quarantined, damaged, coalesce(fenced, '{}') AS fenced,
  (sum(physical_delta) OVER (PARTITION BY sku, location))::bigint AS physical,
  count(*) OVER (PARTITION BY sku, location) AS entries
FROM history.entry
ORDER BY sku, location, recorded_at DESC, revision DESC
