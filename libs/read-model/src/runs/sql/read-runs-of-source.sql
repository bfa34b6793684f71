-- What a source has said of a location until now. Rejected runs count for nothing, held ones for no units.
-- $1: connection; $2: location; $3: since when units count.
SELECT max(as_of) AS last_as_of,
  coalesce(sum(units) FILTER (WHERE judged_at > $3 AND state IN ('accepted', 'released')), 0)::bigint AS units_before
FROM fold.run
WHERE connection = $1 AND location = $2 AND state <> 'rejected'
