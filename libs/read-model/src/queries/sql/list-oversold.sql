-- Order lines that are owed units which no place covers, in the order in which they are served: paid first, then the oldest.
-- With each of them where units of its SKU are that could cover it, wherever that is, the most first, and those under way.
-- $1 to $6: after this line; $7: lines at most; $8, $9: of one channel, of one SKU (null: of all); $10: places and transfers at most.
SELECT
  owed.sku, owed.channel, order_key, line, quantity, paid, placed_at, owed.revision,
  (
    SELECT jsonb_agg(
      jsonb_build_object(
        'location', place.location, 'state', place.state, 'ofChannel', place.of_channel,
        'sellable', place.sellable, 'quarantined', place.quarantined
      )
      ORDER BY place.sellable DESC, place.location
    )
    FROM (
      SELECT
        location, state, location = ANY (channel.locations) AS of_channel,
        greatest(sellable, 0) AS sellable, greatest(quarantined, 0) AS quarantined
      FROM fold.balance
      JOIN fold.location USING (location)
      WHERE balance.sku = owed.sku AND (sellable > 0 OR quarantined > 0)
      ORDER BY sellable DESC, location
      LIMIT $10
    ) AS place
  ) AS places,
  (
    SELECT jsonb_agg(jsonb_build_object('transfer', transfer, 'to', destination, 'quantity', way.quantity))
    FROM (
      SELECT transfer, destination, transit.quantity FROM fold.transit
      WHERE transit.sku = owed.sku AND transit.quantity > 0
      ORDER BY transit.quantity DESC, transfer
      LIMIT $10
    ) AS way
  ) AS transfers
FROM fold.owed
JOIN fold.channel ON channel.channel = owed.channel
WHERE (NOT paid, placed_at, owed.sku, owed.channel, order_key, line)
    > ($1::boolean, $2::timestamptz, $3::text, $4::text, $5::text, $6::text)
  AND ($8::text IS NULL OR owed.channel = $8)
  AND ($9::text IS NULL OR owed.sku = $9)
ORDER BY NOT paid, placed_at, owed.sku, owed.channel, order_key, line
LIMIT $7
