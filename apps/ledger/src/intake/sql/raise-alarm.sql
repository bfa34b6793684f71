INSERT INTO intake.alarm (topic, partition, reason, next) VALUES ($1, $2, $3, $4)
ON CONFLICT (topic, partition) DO UPDATE SET reason = excluded.reason, next = excluded.next, raised_at = now()
