-- Attempts by its time alone. $1: channel; $2, $3, $4: resource, external id, outcome, empty: any; $5, $6: from, before;
-- $7, $8: before this entry; $9: rows at most. The newest first.
SELECT id::text AS id, channel, direction, operation, resource, external_id AS "externalId", source_change AS "sourceChange",
  run, outcome, code, millis, encode(payload_sha256, 'hex') AS "payloadSha256", at
FROM channel_records.sync_entry
WHERE channel = $1
  AND ($2 = '' OR resource = $2)
  AND ($3 = '' OR external_id = $3)
  AND ($4 = '' OR outcome = $4)
  AND at >= $5::timestamptz AND at < $6::timestamptz
  AND (at, id) < ($7::timestamptz, $8::bigint)
ORDER BY at DESC, id DESC
LIMIT $9
