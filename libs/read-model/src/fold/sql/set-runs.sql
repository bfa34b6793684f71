INSERT INTO fold.run (
  connection, run, location, as_of, kind, row_count, units, reasons, judged_at, state, waiting, revision
)
SELECT connection, run, location, as_of, kind, row_count, units, reasons::jsonb, judged_at, state, waiting, revision
FROM unnest(
  $1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::integer[], $7::bigint[], $8::text[],
  $9::timestamptz[], $10::text[], $11::integer[], $12::integer[]
) AS change (
  connection, run, location, as_of, kind, row_count, units, reasons, judged_at, state, waiting, revision
)
