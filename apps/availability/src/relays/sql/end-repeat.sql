DELETE FROM read.relay_repeat WHERE name = $1 AND due_at = $2::timestamptz
