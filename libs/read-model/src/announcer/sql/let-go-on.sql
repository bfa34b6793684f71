UPDATE read.announcer SET
  held_since = NULL,
  sequence = greatest(sequence, $1::bigint),
  passed_sequence = greatest(passed_sequence, $1::bigint),
  passed_event_at = greatest(passed_event_at, $2::timestamptz)
FROM (SELECT held_since AS was_held_since FROM read.announcer FOR UPDATE) AS before
RETURNING was_held_since IS NOT NULL AS was_held
