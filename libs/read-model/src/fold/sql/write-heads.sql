-- The number of rows written: fewer than asked for means that a SKU's row did not stand just before its first event.
WITH change AS (
  SELECT * FROM unnest($1::text[], $2::integer[], $3::integer[], $4::bigint[], $5::timestamptz[])
    AS change (sku, first, last, position, first_recorded_at)
), opened AS (
  INSERT INTO fold.head (sku, revision, position, opened_at)
  SELECT sku, last, position, first_recorded_at FROM change WHERE first = 0
  ON CONFLICT (sku) DO NOTHING
  RETURNING 1
), moved AS (
  UPDATE fold.head SET revision = change.last, position = change.position
  FROM change
  WHERE change.first > 0 AND head.sku = change.sku AND head.revision = change.first - 1
  RETURNING 1
)
SELECT (SELECT count(*) FROM opened) + (SELECT count(*) FROM moved) AS written
