-- SKUs with holds that have expired, and SKUs that owe or have promised units of a channel which has some free where it
-- may sell.
-- $1: now; $2: after this SKU; $3: SKUs at most.
SELECT sku
FROM (
  SELECT sku FROM fold.hold WHERE expires_at <= $1 AND sku > $2
  UNION
  SELECT owed.sku
  FROM fold.owed
  JOIN fold.channel USING (channel)
  JOIN fold.balance ON balance.sku = owed.sku AND balance.location = ANY (channel.locations)
  JOIN fold.location ON location.location = balance.location AND location.state = 'open'
  WHERE owed.sku > $2 AND balance.sellable > 0
  UNION
  SELECT promise.sku
  FROM fold.promise
  JOIN fold.channel USING (channel)
  JOIN fold.balance ON balance.sku = promise.sku AND balance.location = ANY (channel.locations)
  JOIN fold.location ON location.location = balance.location AND location.state = 'open'
  WHERE promise.sku > $2 AND balance.sellable > 0
) AS unswept
ORDER BY sku
LIMIT $3
