INSERT INTO fold.quota (sku, location, channel, quantity, priority, spent, revision)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::integer[], $6::bigint[], $7::integer[])
ON CONFLICT (sku, location, channel) DO UPDATE SET
  quantity = excluded.quantity,
  priority = excluded.priority,
  spent = excluded.spent,
  revision = excluded.revision
