-- Nothing is locked: the live fold goes on marking while these are computed. What it marks again stays due.
-- $1: how many that events or the clock have made due; $2: from which priority on they are a sweep's; $3: how many of those.
(
  SELECT sku, mark, force, false AS swept FROM read.due WHERE priority < $2 ORDER BY priority, since LIMIT $1
)
UNION ALL
(
  SELECT sku, mark, force, true FROM read.due WHERE priority >= $2 ORDER BY priority, since LIMIT $3
)
