SELECT reservation, channel, quantity, expires_at, listing, revision
FROM fold.hold
WHERE sku = $1 AND expires_at > $2
ORDER BY expires_at
LIMIT $3
