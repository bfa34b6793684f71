-- Begun anew when one is under way: SKUs that it has passed were computed under the policies of before.
INSERT INTO read.sweep (cause, force) VALUES ($1, false)
ON CONFLICT (cause) DO UPDATE SET done_to = ''
