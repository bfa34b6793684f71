-- $1 topic, $2 from, $3 messages at most, $4 bytes at most (the first two come whatever their size)
SELECT place, key, headers, value FROM (
  SELECT m.*, row_number() OVER (ORDER BY m.place) AS nth,
    sum(coalesce(octet_length(m.key), 0) + octet_length(m.headers) + coalesce(octet_length(m.value), 0))
      OVER (ORDER BY m.place) AS bytes
  FROM (
    SELECT m.* FROM messaging.messages m WHERE m.topic = $1 AND m.place >= $2::bigint ORDER BY m.place LIMIT $3) AS m
) AS m
WHERE bytes <= $4::bigint OR nth <= 2 ORDER BY place
