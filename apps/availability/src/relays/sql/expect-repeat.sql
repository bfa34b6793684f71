INSERT INTO read.relay_repeat (name, since, due_at)
VALUES ($1, coalesce($2::text, (SELECT cursor FROM read.relay WHERE name = $1), ''), now() + $3::bigint * interval '1 millisecond')
ON CONFLICT (name) DO UPDATE SET since = least(relay_repeat.since, excluded.since), due_at = excluded.due_at
