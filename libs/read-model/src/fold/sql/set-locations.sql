INSERT INTO fold.location (location, author, authors, kind, state, dispatch, revision)
SELECT location, author, authors::jsonb, kind, state, nullif(dispatch, '')::jsonb, revision
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[])
  AS change (location, author, authors, kind, state, dispatch, revision)
ON CONFLICT (location) DO UPDATE SET
  author = excluded.author,
  authors = excluded.authors,
  kind = excluded.kind,
  state = excluded.state,
  dispatch = excluded.dispatch,
  revision = excluded.revision
