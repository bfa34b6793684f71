-- The finding is locked, so that one that is resolved at this moment is seen as resolved. No row: it is, or one is being applied.
INSERT INTO channel_records.resolution (finding, how, actor, reason, plan, began_at, tried_at)
SELECT f.id, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz
FROM (SELECT id FROM channel_records.finding WHERE id = $1 AND state NOT IN ('resolved', 'noted') FOR UPDATE) f
ON CONFLICT (finding) WHERE state = 'applying' DO NOTHING
RETURNING id::text AS id, finding, how, actor, reason, plan, state, refusal, began_at AS "beganAt", ended_at AS "endedAt"
