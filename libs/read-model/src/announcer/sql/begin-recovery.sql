INSERT INTO read.sweep (cause, force) VALUES ('recover', true)
ON CONFLICT (cause) DO UPDATE SET done_to = ''
