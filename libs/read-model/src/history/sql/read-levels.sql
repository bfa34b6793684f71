SELECT place.sku, place.location, last.sellable, last.reserved, last.committed, last.quarantined, last.damaged, last.fenced
FROM unnest($1::text[], $2::text[]) AS place (sku, location)
CROSS JOIN LATERAL (
  SELECT * FROM history.entry
  WHERE entry.sku = place.sku AND entry.location = place.location
  ORDER BY recorded_at DESC, revision DESC
  LIMIT 1
) AS last
