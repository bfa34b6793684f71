-- $1 reservations, $2 their SKUs as JSON, $3 exploded requests as JSON ('' for none), $4 milliseconds. One order for all
-- who write several: nobody waits for somebody who waits for him.
INSERT INTO carts.cart AS c (reservation, skus, exploded, version, ends_at)
SELECT t.reservation, ARRAY(SELECT jsonb_array_elements_text(t.skus::jsonb)), nullif(t.exploded, '')::jsonb, 1,
  now() + t.millis::bigint * interval '1 millisecond'
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS t (reservation, skus, exploded, millis)
ORDER BY t.reservation COLLATE "C"
ON CONFLICT (reservation) DO UPDATE SET
  skus = ARRAY(SELECT DISTINCT unnest(c.skus || excluded.skus)),
  exploded = CASE
    WHEN c.exploded ->> 'commandId' = excluded.exploded ->> 'commandId' THEN c.exploded
    ELSE coalesce(excluded.exploded, c.exploded) END,
  version = c.version + 1,
  ends_at = greatest(c.ends_at, excluded.ends_at)
RETURNING reservation, skus, exploded, version
