-- $1 after, $2 up to and including, $3 events at most, $4 bytes at most (the first event comes whatever its size)
SELECT position, hash, canonical FROM (
  SELECT e.position, encode(e.hash, 'hex') AS hash, e.canonical,
    sum(octet_length(e.canonical)) OVER (ORDER BY e.position) - octet_length(e.canonical) AS bytes_before
  FROM (
    SELECT e.* FROM ledger.events e
    WHERE e.position > $1::bigint AND e.position <= $2::bigint ORDER BY e.position LIMIT $3) AS e
) AS e
WHERE bytes_before < $4::bigint ORDER BY position
