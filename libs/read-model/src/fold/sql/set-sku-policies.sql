INSERT INTO fold.sku_policy (sku, channels, revision)
SELECT sku, channels::jsonb, revision
FROM unnest($1::text[], $2::text[], $3::integer[]) AS change (sku, channels, revision)
ON CONFLICT (sku) DO UPDATE SET channels = excluded.channels, revision = excluded.revision
