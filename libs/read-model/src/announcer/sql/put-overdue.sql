-- Figures that have changed without an event: a hold has expired, what is incoming has come within the horizon or is
-- overdue, a pre-order has opened or ended.
INSERT INTO read.due (sku, priority)
SELECT DISTINCT sku, $1::smallint
FROM (
  SELECT sku FROM read.announced WHERE valid_until <= read.moment() ORDER BY valid_until LIMIT $2
) AS overdue
ORDER BY sku
ON CONFLICT (sku) DO NOTHING
