UPDATE read.checkpoint SET position = $3, event_id = $4
WHERE name = $1 AND version = $2
  AND position IS NOT DISTINCT FROM $5::bigint AND event_id IS NOT DISTINCT FROM $6::uuid
RETURNING 1
