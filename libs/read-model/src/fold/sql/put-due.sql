INSERT INTO read.due AS due (sku, priority)
SELECT sku, $2 FROM unnest($1::text[]) AS changed (sku) ORDER BY sku
ON CONFLICT (sku) DO UPDATE SET
  mark = excluded.mark,
  priority = least(due.priority, excluded.priority)
