INSERT INTO fold.bundle (sku, components, revision, position)
SELECT sku, components::jsonb, revision, position
FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[]) AS change (sku, components, revision, position)
ON CONFLICT (sku) DO UPDATE SET
  components = excluded.components,
  revision = excluded.revision,
  position = excluded.position
