-- Alerts of which something is still to be told, the oldest first.
SELECT id, channel, code, subject, level, detail, verb, raised_at AS "raisedAt", last_at AS "lastAt", times,
  ended_at AS "endedAt", told
FROM channel_records.alert
WHERE told = 'nothing' OR (told = 'opened' AND ended_at IS NOT NULL)
ORDER BY id
LIMIT $1
