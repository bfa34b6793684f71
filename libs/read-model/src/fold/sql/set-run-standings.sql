UPDATE fold.run
SET state = change.state, waiting = change.waiting, revision = change.revision
FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::integer[])
  AS change (connection, run, state, waiting, revision)
WHERE run.connection = change.connection AND run.run = change.run
