-- What had physically happened by $5, of all that was recorded by $3, of that up to position $4 (null: of all).
-- Units that no place covers are nowhere.
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
  WHERE $7::text IS NULL OR next.sku = $7
)
SELECT place.sku, place.location, happened.on_hand
FROM place CROSS JOIN LATERAL (
  SELECT sum(physical_delta)::bigint AS on_hand, count(*) AS entries FROM history.entry
  WHERE entry.sku = place.sku AND entry.location = place.location AND recorded_at <= $3 AND occurred_at <= $5
    AND ($4::bigint IS NULL OR position <= $4)
) AS happened
WHERE happened.entries > 0 AND NOT starts_with(place.location, 'unsourced:') AND ($7::text IS NULL OR place.sku = $7)
LIMIT $6
