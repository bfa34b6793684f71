SELECT sku, location, sellable, reserved, committed, quarantined, damaged,
  (
    SELECT coalesce(jsonb_object_agg(channel, quantity), '{}') FROM fold.fence
    WHERE fence.sku = balance.sku AND fence.location = balance.location AND quantity <> 0
  ) AS fenced
FROM fold.balance
