-- Nothing is locked: the live fold goes on marking while these are computed. What it marks again stays due.
SELECT sku, mark, force FROM read.due ORDER BY priority, since LIMIT $1
