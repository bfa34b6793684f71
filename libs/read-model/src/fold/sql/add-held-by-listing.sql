-- Before the changed holds are written: what those that named their listing held until now is taken off, what they hold
-- from now on is added. Where nobody names listings nothing is looked up.
INSERT INTO fold.held_by_listing AS held (sku, channel, listing, quantity)
SELECT sku, channel, listing, sum(quantity)::bigint
FROM (
  SELECT sku, channel, listing, at_hand AS quantity
  FROM unnest($1::text[], $3::text[], $4::text[], $5::bigint[]) AS changed (sku, channel, listing, at_hand)
  WHERE listing <> ''
  UNION ALL
  SELECT hold.sku, hold.channel, hold.listing, -hold.at_hand
  FROM unnest($1::text[], $2::text[]) AS changed (sku, reservation)
  JOIN fold.hold ON hold.sku = changed.sku AND hold.reservation = changed.reservation
  WHERE hold.listing IS NOT NULL AND EXISTS (SELECT FROM fold.held_by_listing)
) AS moved
GROUP BY sku, channel, listing
HAVING sum(quantity) <> 0
ON CONFLICT (sku, channel, listing) DO UPDATE SET quantity = held.quantity + excluded.quantity
