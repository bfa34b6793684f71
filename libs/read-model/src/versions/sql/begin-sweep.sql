INSERT INTO read.sweep (cause, force) VALUES ('policies', false)
ON CONFLICT (cause) DO UPDATE SET done_to = ''
