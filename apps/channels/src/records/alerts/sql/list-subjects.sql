-- What the open alerts of a code concern, after one of them; $4: rows at most.
SELECT subject FROM channel_records.alert
WHERE channel = $1 AND code = $2 AND subject > $3 AND ended_at IS NULL
ORDER BY subject
LIMIT $4
