-- Findings that wait for nobody, with what was said of them. $1: older than this; $2: rows at most.
DELETE FROM channel_records.finding
WHERE id IN (
  SELECT id FROM channel_records.finding
  WHERE state IN ('noted', 'resolvable', 'resolved') AND at < $1
  ORDER BY at
  LIMIT $2
  FOR UPDATE SKIP LOCKED
)
