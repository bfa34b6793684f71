-- Alerts that have ended. $1: before this; $2: rows at most.
DELETE FROM channel_records.alert
WHERE id IN (
  SELECT id FROM channel_records.alert
  WHERE ended_at IS NOT NULL AND ended_at < $1
  ORDER BY ended_at
  LIMIT $2
  FOR UPDATE SKIP LOCKED
)
