SELECT count(*) AS holds, coalesce(sum(quantity), 0)::bigint AS units FROM fold.hold WHERE sku = $1 AND expires_at > $2
