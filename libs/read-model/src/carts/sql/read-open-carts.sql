-- $1: now; $2: carts at most, those that live longest.
SELECT reservation, array_agg(sku ORDER BY sku) AS skus
FROM fold.hold
WHERE expires_at > $1
GROUP BY reservation
ORDER BY max(expires_at) DESC, reservation
LIMIT $2
