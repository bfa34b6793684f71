INSERT INTO index.fact (key, stream, revision, stands)
SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::boolean[])
ON CONFLICT (key, stream) DO UPDATE SET revision = excluded.revision, stands = excluded.stands
