SELECT id, topic, partition, "offset", code, detail, field, parked_at
FROM intake.dead_letter
WHERE settled_how IS NULL AND id > $1 AND ($2::text IS NULL OR topic = $2)
ORDER BY id
LIMIT $3
