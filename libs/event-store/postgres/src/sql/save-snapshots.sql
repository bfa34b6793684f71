-- The last one wins, an older revision too: after a restore of the log the newer one would stand in the way for ever.
INSERT INTO ledger.snapshots (stream, revision, hash, fold_version, state)
SELECT * FROM unnest($1::text[], $2::integer[], $3::bytea[], $4::integer[], $5::text[])
ON CONFLICT (stream) DO UPDATE SET
  revision = excluded.revision, hash = excluded.hash, fold_version = excluded.fold_version, state = excluded.state
