-- Of what was announced in between only what is the last of its pair to this day.
SELECT o.sequence, o.sku, o.channel, o.atp, o.shown, o.held, o.held_by_listing, o.state, o.position, o.announced_at
FROM read.outbox o
JOIN read.announced a ON a.sku = o.sku AND a.channel = o.channel AND a.sequence = o.sequence
WHERE o.sequence > $1 AND o.sequence <= $2
ORDER BY o.sequence
LIMIT $3
