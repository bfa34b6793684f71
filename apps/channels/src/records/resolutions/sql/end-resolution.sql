WITH ended AS (
  UPDATE channel_records.resolution SET state = 'applied', ended_at = $2
  WHERE id = $1 AND state = 'applying'
  RETURNING finding, plan
)
UPDATE channel_records.finding f
SET state = ended.plan ->> 'leaves', snoozed_until = (ended.plan ->> 'snoozedUntil')::timestamptz
FROM ended
WHERE f.id = ended.finding
