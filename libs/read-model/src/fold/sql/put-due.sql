-- With every bundle that one of them is in.
INSERT INTO read.due AS due (sku, priority)
SELECT sku, $2
FROM (
  SELECT sku FROM unnest($1::text[]) AS changed (sku)
  UNION
  SELECT component.sku
  FROM unnest($1::text[]) AS changed (sku)
  JOIN fold.component ON component.component = changed.sku
) AS concerned
ORDER BY sku
ON CONFLICT (sku) DO UPDATE SET
  mark = excluded.mark,
  priority = least(due.priority, excluded.priority)
