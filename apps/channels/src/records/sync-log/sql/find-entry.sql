SELECT e.id::text AS id, e.channel, e.direction, e.operation, e.resource, e.external_id AS "externalId",
  e.source_change AS "sourceChange", e.run, e.outcome, e.code, e.millis, encode(e.payload_sha256, 'hex') AS "payloadSha256", e.at,
  coalesce(f.payload, s.payload) AS payload
FROM channel_records.sync_entry e
LEFT JOIN channel_records.sync_failure f ON f.entry = e.id
LEFT JOIN channel_records.sync_success s ON s.entry = e.id
WHERE e.id = $1
