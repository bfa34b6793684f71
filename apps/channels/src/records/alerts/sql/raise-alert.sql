-- One open alert for each cause: the same again is counted, with what is said of it now. `times` 1: it was opened.
INSERT INTO channel_records.alert AS a (channel, code, subject, level, detail, verb, raised_at, last_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
ON CONFLICT (channel, code, subject) WHERE ended_at IS NULL DO UPDATE
  SET times = a.times + 1, last_at = greatest(a.last_at, excluded.last_at), level = excluded.level,
    detail = excluded.detail, verb = excluded.verb
RETURNING times
