-- How many alerts are open, by what they are.
SELECT channel, code, level, count(*)::integer AS alerts FROM channel_records.alert
WHERE ended_at IS NULL
GROUP BY channel, code, level
ORDER BY channel, code, level
