SELECT since, due_at::text AS due FROM read.relay_repeat WHERE name = $1 AND due_at <= now()
