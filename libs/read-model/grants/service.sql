-- The versions of the projections are schemas that the service makes, fills and drops by itself: they are its own. What
-- the ledger holds stays out of its reach.
DO $grant$
BEGIN
  EXECUTE format('GRANT CREATE ON DATABASE %I TO %s', current_database(), $role$:service$role$);
END
$grant$;
