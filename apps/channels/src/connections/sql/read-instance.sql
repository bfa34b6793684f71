SELECT instance_id, environment
FROM connections.instance
FOR UPDATE
