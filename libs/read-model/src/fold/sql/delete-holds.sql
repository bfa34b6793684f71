DELETE FROM fold.hold USING unnest($1::text[], $2::text[]) AS gone (sku, reservation)
WHERE hold.sku = gone.sku AND hold.reservation = gone.reservation
