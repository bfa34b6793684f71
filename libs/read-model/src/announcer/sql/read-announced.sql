SELECT sku, channel, atp, shown, held, state, valid_until FROM read.announced WHERE sku = ANY ($1::text[])
