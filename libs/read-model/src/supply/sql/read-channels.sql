SELECT
  channel, connection, locations, reservation_ttl_millis, split_carts, revision,
  EXISTS (SELECT FROM fold.listing WHERE listing.channel = channel.channel) AS has_listings
FROM fold.channel
ORDER BY channel
