-- $1: of this channel, empty: of any; $2: before this one; $3: rows at most. The newest first.
SELECT id::text AS id, channel, code, subject, level, detail, verb, raised_at AS "raisedAt", last_at AS "lastAt", times,
  ended_at AS "endedAt"
FROM channel_records.alert
WHERE ended_at IS NULL AND ($1 = '' OR channel = $1) AND id < $2
ORDER BY id DESC
LIMIT $3
