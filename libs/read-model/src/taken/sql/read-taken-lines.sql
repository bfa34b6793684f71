-- Which event of its SKU's stream says how each order line stands, and whether the fold has come that far: one snapshot.
SELECT fact.key, fact.stream, fact.revision, coalesce(head.revision >= fact.revision, false) AS folded
FROM unnest($1::text[], $2::text[], $3::text[]) AS asked (key, stream, sku)
JOIN index.fact ON fact.key = asked.key AND fact.stream = asked.stream
LEFT JOIN fold.head ON head.sku = asked.sku
