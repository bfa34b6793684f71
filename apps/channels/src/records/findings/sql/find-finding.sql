SELECT id, channel, shop_row AS row, sku, kind, units, cause, read, to_json(expected) AS expected, hold, written, target, since, at,
  state, snoozed_until AS "snoozedUntil"
FROM channel_records.finding
WHERE id = $1
