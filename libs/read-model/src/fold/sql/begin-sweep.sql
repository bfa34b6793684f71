INSERT INTO read.sweep (cause, force) SELECT cause, false FROM unnest($1::text[]) AS begun (cause)
ON CONFLICT (cause) DO UPDATE SET done_to = ''
