-- Forward only: who comes late is answered with where the position stands.
INSERT INTO messaging.positions AS p (group_name, topic, partition, next, last_offset, last_fingerprint)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (group_name, topic, partition) DO UPDATE SET
  next = greatest(p.next, excluded.next),
  last_offset = CASE WHEN excluded.next > p.next THEN excluded.last_offset ELSE p.last_offset END,
  last_fingerprint = CASE WHEN excluded.next > p.next THEN excluded.last_fingerprint ELSE p.last_fingerprint END
RETURNING partition, next, last_offset, last_fingerprint
