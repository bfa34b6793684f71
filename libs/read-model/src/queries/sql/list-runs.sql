-- $1: runs in this state, empty: in any; $2, $3: after this run; $4: runs at most.
SELECT connection, run, location, as_of AS "asOf", kind, row_count AS "rowCount", units, reasons,
  judged_at AS "judgedAt", state, waiting
FROM fold.run
WHERE ($1 = '' OR state = $1) AND (connection, run) > ($2, $3)
ORDER BY connection, run
LIMIT $4
