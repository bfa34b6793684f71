-- The next piece of a sweep; answers its last SKU and how many there were.
WITH piece AS (
  (SELECT sku FROM fold.head WHERE sku > $1 ORDER BY sku LIMIT $2)
  UNION
  (SELECT sku FROM fold.bundle WHERE sku > $1 ORDER BY sku LIMIT $2)
  ORDER BY sku LIMIT $2
), put AS (
  INSERT INTO read.due AS due (sku, priority, force)
  SELECT sku, $3::smallint, $4::boolean FROM piece ORDER BY sku
  ON CONFLICT (sku) DO UPDATE SET mark = excluded.mark, force = due.force OR excluded.force
)
SELECT coalesce(max(sku), '') AS last, count(*) AS skus FROM piece
