-- Reading, the one way of sending, and the one way of deleting what is old.
GRANT USAGE ON SCHEMA messaging TO :service;
GRANT SELECT ON ALL TABLES IN SCHEMA messaging TO :service;
ALTER DEFAULT PRIVILEGES IN SCHEMA messaging GRANT SELECT ON TABLES TO :service;
GRANT EXECUTE ON FUNCTION messaging.send, messaging.trim TO :service;

-- Positions are moved; a group's memory is never deleted.
GRANT INSERT, UPDATE ON messaging.positions TO :service;
