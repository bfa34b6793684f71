-- With every channel the locations, of any channel, that are not open or say when units leave: a few, or a few dozen.
SELECT
  channel, connection, locations, reservation_ttl_millis, split_carts, buffer, cap, backorder, payment_classes, revision,
  EXISTS (SELECT FROM fold.listing WHERE listing.channel = channel.channel) AS has_listings,
  (
    SELECT jsonb_agg(jsonb_build_array(location, state, location.revision, dispatch))
    FROM fold.location WHERE state <> 'open' OR dispatch IS NOT NULL
  ) AS standings
FROM fold.channel
ORDER BY channel
