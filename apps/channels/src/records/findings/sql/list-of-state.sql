-- $1: in this state; $2: of this channel, empty: of any; $3: of this SKU, empty: of any; $4, $5: before this one; $6: rows at most.
-- The newest first.
SELECT id, channel, shop_row AS row, sku, kind, units, cause, read, to_json(expected) AS expected, hold, written, target, since, at,
  state, snoozed_until AS "snoozedUntil"
FROM channel_records.finding
WHERE state = $1 AND ($2 = '' OR channel = $2) AND ($3 = '' OR sku = $3)
  AND (at, id) < ($4::timestamptz, $5::uuid)
ORDER BY at DESC, id DESC
LIMIT $6
