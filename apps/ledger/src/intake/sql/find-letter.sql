SELECT
  id, topic, partition, "offset", key, headers, value, code, detail, field, parked_at,
  settled_how, settled_by, settled_reason, settled_at
FROM intake.dead_letter
WHERE id = $1
