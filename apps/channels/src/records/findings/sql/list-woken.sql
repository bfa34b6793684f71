-- Findings whose rest has ended. $1: by this moment; $2: rows at most.
SELECT id, channel, shop_row AS row, sku, kind, units, cause, read, to_json(expected) AS expected, hold, written, target, since, at,
  state, snoozed_until AS "snoozedUntil"
FROM channel_records.finding
WHERE state = 'snoozed' AND snoozed_until <= $1
ORDER BY snoozed_until
LIMIT $2
