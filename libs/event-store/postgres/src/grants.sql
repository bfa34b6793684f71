-- Reading, and the one way of writing.
GRANT USAGE ON SCHEMA ledger TO :service;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO :service;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT SELECT ON TABLES TO :service;
GRANT EXECUTE ON FUNCTION ledger.append TO :service;

-- Snapshots are a memory beside the log.
GRANT INSERT, UPDATE, DELETE ON ledger.snapshots TO :service;
