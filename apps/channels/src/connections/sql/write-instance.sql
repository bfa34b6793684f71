INSERT INTO connections.instance (instance_id, environment)
VALUES ($1, $2)
ON CONFLICT (only_one) DO UPDATE SET instance_id = excluded.instance_id, environment = excluded.environment
