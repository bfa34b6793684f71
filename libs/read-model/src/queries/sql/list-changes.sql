SELECT sequence, sku, channel, atp, shown, held, held_by_listing, state, position, announced_at
FROM read.outbox
WHERE sequence > $1 AND ($2::text IS NULL OR channel = $2)
ORDER BY sequence
LIMIT $3
