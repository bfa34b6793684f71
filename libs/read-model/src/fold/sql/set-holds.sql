INSERT INTO fold.hold (sku, reservation, channel, quantity, parts, listing, expires_at, revision, incoming)
SELECT sku, reservation, channel, quantity, parts::jsonb, nullif(listing, ''), expires_at, revision, incoming::jsonb
FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[], $8::integer[], $9::text[]
) AS held (sku, reservation, channel, quantity, parts, listing, expires_at, revision, incoming)
ON CONFLICT (sku, reservation) DO UPDATE SET
  channel = excluded.channel,
  quantity = excluded.quantity,
  parts = excluded.parts,
  listing = excluded.listing,
  expires_at = excluded.expires_at,
  revision = excluded.revision,
  incoming = excluded.incoming
