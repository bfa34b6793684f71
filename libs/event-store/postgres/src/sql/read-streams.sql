-- $1 streams, $2 from which revision of each, $3 events at most of each
SELECT r.nth::integer AS read, e.position, encode(e.hash, 'hex') AS hash, e.canonical
FROM unnest($1::text[], $2::integer[]) WITH ORDINALITY AS r (stream, first, nth)
CROSS JOIN LATERAL (SELECT s.stream_id FROM ledger.streams s WHERE s.stream = r.stream OFFSET 0) AS s
CROSS JOIN LATERAL (
  SELECT e.* FROM ledger.events e
  WHERE e.stream_id = s.stream_id AND e.revision >= r.first ORDER BY e.revision LIMIT $3) AS e
ORDER BY r.nth, e.revision
