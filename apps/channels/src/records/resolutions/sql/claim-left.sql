-- Resolutions that a crash has cut off, or that are tried again. $1: now; $2: not tried since; $3: at most.
UPDATE channel_records.resolution SET tried_at = $1
WHERE id IN (
  SELECT id FROM channel_records.resolution
  WHERE state = 'applying' AND tried_at < $2
  ORDER BY id
  LIMIT $3
  FOR UPDATE SKIP LOCKED
)
RETURNING id::text AS id, finding, how, actor, reason, plan, state, refusal, began_at AS "beganAt", ended_at AS "endedAt"
