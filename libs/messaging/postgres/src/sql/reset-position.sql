INSERT INTO messaging.positions (group_name, topic, partition, next, last_offset, last_fingerprint)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (group_name, topic, partition) DO UPDATE SET
  next = excluded.next, last_offset = excluded.last_offset, last_fingerprint = excluded.last_fingerprint
