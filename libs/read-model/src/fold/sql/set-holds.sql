INSERT INTO fold.hold (sku, reservation, channel, quantity, at_hand, parts, listing, expires_at, revision, incoming)
SELECT sku, reservation, channel, quantity, at_hand, parts::jsonb, nullif(listing, ''), expires_at, revision, incoming::jsonb
FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::timestamptz[], $9::integer[],
  $10::text[]
) AS held (sku, reservation, channel, quantity, at_hand, parts, listing, expires_at, revision, incoming)
ON CONFLICT (sku, reservation) DO UPDATE SET
  channel = excluded.channel,
  quantity = excluded.quantity,
  at_hand = excluded.at_hand,
  parts = excluded.parts,
  listing = excluded.listing,
  expires_at = excluded.expires_at,
  revision = excluded.revision,
  incoming = excluded.incoming
