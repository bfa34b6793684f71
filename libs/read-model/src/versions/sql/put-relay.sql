-- Without a cursor a relay begins at the beginning.
WITH forgotten AS (DELETE FROM read.relay WHERE name = $1 AND $2::text IS NULL)
UPDATE read.relay SET cursor = $2 WHERE name = $1 AND $2::text IS NOT NULL
