INSERT INTO fold.component (component, sku)
SELECT component, sku FROM unnest($1::text[], $2::text[]) AS change (component, sku)
