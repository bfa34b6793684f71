SELECT id::text AS id, finding, how, actor, reason, plan, state, refusal, began_at AS "beganAt", ended_at AS "endedAt"
FROM channel_records.resolution
WHERE finding = $1
ORDER BY id
LIMIT $2
