-- $1: the highest sequence that the world was told. It is ours when the outbox has it, or had it once: it is trimmed from below.
SELECT
  held_since,
  passed_event_at,
  $1::bigint <= greatest(passed_sequence, (SELECT coalesce(min(sequence) - 1, 0) FROM read.outbox))
    OR EXISTS (SELECT FROM read.outbox WHERE sequence = $1::bigint) AS is_ours
FROM read.announcer
