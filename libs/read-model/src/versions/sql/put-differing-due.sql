-- With every bundle that one of them is in.
INSERT INTO read.due AS due (sku, priority)
SELECT sku, 0
FROM (
  SELECT sku FROM unnest($1::text[]) AS differing (sku)
  UNION
  SELECT component.sku
  FROM unnest($1::text[]) AS differing (sku)
  JOIN fold.component ON component.component = differing.sku
) AS concerned
ORDER BY sku
ON CONFLICT (sku) DO UPDATE SET mark = excluded.mark, priority = 0
