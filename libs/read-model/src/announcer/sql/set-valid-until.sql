UPDATE read.announced SET valid_until = nullif(said.valid_until, '')::timestamptz
FROM unnest($1::text[], $2::text[], $3::text[]) AS said (sku, channel, valid_until)
WHERE announced.sku = said.sku AND announced.channel = said.channel
