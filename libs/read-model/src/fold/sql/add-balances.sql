INSERT INTO fold.balance AS balance (sku, location, revision, sellable, reserved, committed, quarantined, damaged)
SELECT * FROM unnest(
  $1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]
)
ON CONFLICT (sku, location) DO UPDATE SET
  revision = excluded.revision,
  sellable = balance.sellable + excluded.sellable,
  reserved = balance.reserved + excluded.reserved,
  committed = balance.committed + excluded.committed,
  quarantined = balance.quarantined + excluded.quarantined,
  damaged = balance.damaged + excluded.damaged
