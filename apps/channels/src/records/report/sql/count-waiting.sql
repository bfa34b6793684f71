-- What waits for a person by now.
SELECT
  (SELECT count(*) FROM channel_records.finding WHERE channel = $1 AND state IN ('open', 'counting', 'snoozed')) AS held,
  (SELECT count(*) FROM channel_records.alert WHERE channel = $1 AND ended_at IS NULL) AS alerts
