-- What is believed to be right, and is to be read all the same.
SELECT "row" FROM channels.shop_row
WHERE channel = $1 AND wanted = believed AND least(due_at, read_by) <= $2 AND sku IS NOT NULL AND barred IS NULL
ORDER BY least(due_at, read_by)
LIMIT $3
