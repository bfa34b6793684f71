DELETE FROM fold.promise
USING unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS gone (sku, channel, order_key, line)
WHERE promise.sku = gone.sku AND promise.channel = gone.channel AND promise.order_key = gone.order_key
  AND promise.line = gone.line
