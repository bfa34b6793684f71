-- $1: channel; $2, $3: from, before. Unit-seconds: how long units may have stood in rows above the truth, at the longest.
SELECT kind, cause, count(*) AS findings, sum(units)::bigint AS units,
  coalesce(round(sum(units * extract(epoch FROM at - since))), 0)::bigint AS "unitSeconds",
  count(*) FILTER (WHERE since IS NULL) AS "ofUnknownTime"
FROM channel_records.finding
WHERE channel = $1 AND at >= $2 AND at < $3
GROUP BY kind, cause
ORDER BY kind, cause
