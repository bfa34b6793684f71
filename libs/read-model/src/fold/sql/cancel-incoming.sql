-- What has arrived on it stays known: it may be told anew.
UPDATE fold.incoming SET connection = NULL, location = NULL, quantity = 0, eta = NULL, confirmed = NULL
FROM unnest($1::text[], $2::text[]) AS gone (sku, line)
WHERE incoming.sku = gone.sku AND incoming.line = gone.line
