-- $1: channel; $2, $3: from, before.
SELECT operation, outcome, count(*) AS attempts
FROM channel_records.sync_entry
WHERE channel = $1 AND at >= $2 AND at < $3
GROUP BY operation, outcome
ORDER BY operation, outcome
