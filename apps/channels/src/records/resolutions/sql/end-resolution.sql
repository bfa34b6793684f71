-- The finding is locked first, as by whoever begins another one of it: the other way round they would wait for each other.
WITH locked AS (
  SELECT f.id FROM channel_records.finding f
  WHERE f.id = (SELECT finding FROM channel_records.resolution WHERE id = $1)
  FOR UPDATE
), ended AS (
  UPDATE channel_records.resolution r SET state = 'applied', ended_at = $2
  FROM locked
  WHERE r.id = $1 AND r.finding = locked.id AND r.state = 'applying'
  RETURNING r.finding, r.plan
)
UPDATE channel_records.finding f
SET state = ended.plan ->> 'leaves', snoozed_until = (ended.plan ->> 'snoozedUntil')::timestamptz
FROM ended
WHERE f.id = ended.finding
