INSERT INTO fold.location (location, author, authors, kind, state, revision)
SELECT location, author, authors::jsonb, kind, state, revision
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[])
  AS change (location, author, authors, kind, state, revision)
ON CONFLICT (location) DO UPDATE SET
  author = excluded.author,
  authors = excluded.authors,
  kind = excluded.kind,
  state = excluded.state,
  revision = excluded.revision
