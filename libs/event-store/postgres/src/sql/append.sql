SELECT write, revision, position, hash, canonical, at FROM ledger.append($1, $2, $3, $4, $5, $6, $7)
