INSERT INTO intake.dead_letter (topic, partition, "offset", fingerprint, key, headers, value, code, detail, field, parked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT DO NOTHING
