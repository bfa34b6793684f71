INSERT INTO read.due AS due (sku, priority)
SELECT sku, 0 FROM unnest($1::text[]) AS differing (sku) ORDER BY sku
ON CONFLICT (sku) DO UPDATE SET mark = excluded.mark, priority = 0
