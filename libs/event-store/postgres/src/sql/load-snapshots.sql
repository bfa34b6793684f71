SELECT stream, revision, encode(hash, 'hex') AS hash, fold_version, state
FROM ledger.snapshots WHERE stream = ANY ($1::text[])
