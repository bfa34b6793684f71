SELECT quota.channel, quota.location, quota.quantity, quota.priority, quota.spent, coalesce(fence.quantity, 0) AS fenced
FROM fold.quota LEFT JOIN fold.fence USING (sku, location, channel)
WHERE sku = $1 AND (quota.quantity > 0 OR fence.quantity > 0)
ORDER BY quota.priority, quota.location, quota.channel
