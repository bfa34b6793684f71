-- With every channel the locations that are not open: few, and of any channel.
SELECT
  channel, connection, locations, reservation_ttl_millis, split_carts, buffer, cap, backorder, payment_classes, revision,
  EXISTS (SELECT FROM fold.listing WHERE listing.channel = channel.channel) AS has_listings,
  (
    SELECT jsonb_agg(jsonb_build_array(location, state, location.revision)) FROM fold.location WHERE state <> 'open'
  ) AS not_open
FROM fold.channel
ORDER BY channel
