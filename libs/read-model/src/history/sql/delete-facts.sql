DELETE FROM history.fact USING unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS gone (sku, kind, connection, source_key)
WHERE (fact.sku, fact.kind, fact.connection, fact.source_key) = (gone.sku, gone.kind, gone.connection, gone.source_key)
