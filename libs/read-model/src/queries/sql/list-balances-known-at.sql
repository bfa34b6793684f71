-- The places one after the other (a step of the index each), and of each the last entry that was recorded by $3, of
-- those up to position $4 (null: of all).
WITH RECURSIVE place AS (
  (
    SELECT sku, location FROM history.entry
    WHERE (sku, location) > ($1::text, $2::text)
    ORDER BY sku, location LIMIT 1
  )
  UNION ALL
  SELECT next.sku, next.location
  FROM place CROSS JOIN LATERAL (
    SELECT sku, location FROM history.entry
    WHERE (entry.sku, entry.location) > (place.sku, place.location)
    ORDER BY sku, location LIMIT 1
  ) AS next
  WHERE $6::text IS NULL OR next.sku = $6
)
SELECT place.sku, place.location, last.sellable, last.reserved, last.committed, last.quarantined, last.damaged, last.fenced
FROM place CROSS JOIN LATERAL (
  SELECT * FROM history.entry
  WHERE entry.sku = place.sku AND entry.location = place.location AND recorded_at <= $3
    AND ($4::bigint IS NULL OR position <= $4)
  ORDER BY recorded_at DESC, revision DESC LIMIT 1
) AS last
WHERE $6::text IS NULL OR place.sku = $6
LIMIT $5
