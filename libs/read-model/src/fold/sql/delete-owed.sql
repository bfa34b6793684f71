DELETE FROM fold.owed USING unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS gone (sku, channel, order_key, line)
WHERE owed.sku = gone.sku AND owed.channel = gone.channel AND owed.order_key = gone.order_key AND owed.line = gone.line
