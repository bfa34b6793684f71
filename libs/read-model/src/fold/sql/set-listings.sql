-- Answers the SKUs that were listed there before: they are due as much as those that are now.
WITH change AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::integer[])
    AS change (channel, product, variant, sku, units_per_sale, stream, revision)
), former AS (
  SELECT listing.sku FROM fold.listing JOIN change USING (channel, product, variant)
), written AS (
  INSERT INTO fold.listing (channel, product, variant, sku, units_per_sale, stream, revision)
  SELECT * FROM change
  ON CONFLICT (channel, product, variant) DO UPDATE SET
    sku = excluded.sku,
    units_per_sale = excluded.units_per_sale,
    stream = excluded.stream,
    revision = excluded.revision
)
SELECT sku FROM former
