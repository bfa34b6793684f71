INSERT INTO fold.location (location, author, authors, revision)
SELECT location, author, authors::jsonb, revision
FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS change (location, author, authors, revision)
ON CONFLICT (location) DO UPDATE SET
  author = excluded.author,
  authors = excluded.authors,
  revision = excluded.revision
