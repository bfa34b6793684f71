-- The moment that every answer of the read side is about: the database's time as its statement began, in the precision of
-- the ledger's instants. One place tells it, so that a test can let it jump.
CREATE FUNCTION read.moment() RETURNS timestamptz
LANGUAGE sql STABLE
RETURN date_trunc('milliseconds', statement_timestamp());
