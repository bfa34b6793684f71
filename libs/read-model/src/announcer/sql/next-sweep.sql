SELECT cause, force, done_to FROM read.sweep ORDER BY force DESC, cause LIMIT 1 FOR UPDATE SKIP LOCKED
