-- The columns that a table has in both schemas, in order.
SELECT a.table_name AS table, array_agg(a.column_name::text ORDER BY a.ordinal_position) AS columns
FROM information_schema.columns AS a
JOIN information_schema.columns AS b ON b.table_name = a.table_name AND b.column_name = a.column_name
WHERE a.table_schema = $1 AND b.table_schema = $2
GROUP BY a.table_name
ORDER BY a.table_name
