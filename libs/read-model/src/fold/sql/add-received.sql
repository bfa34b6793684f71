INSERT INTO fold.incoming AS incoming (sku, line, received, revision)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::integer[])
ON CONFLICT (sku, line) DO UPDATE SET
  received = incoming.received + excluded.received,
  revision = excluded.revision
