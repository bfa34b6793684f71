UPDATE read.relay_repeat SET due_at = now() + $2::bigint * interval '1 millisecond' WHERE name = $1
