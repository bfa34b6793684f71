-- What is never rebuilt: which version of each projection is live, where the versions stand, and what was announced.
CREATE SCHEMA IF NOT EXISTS read;

CREATE TABLE read.projection (
  name text PRIMARY KEY CHECK (name IN ('fold', 'history', 'index')),
  -- The version that answers questions. Its tables are in schema <name>_<version>, views on them in schema <name>.
  live integer NOT NULL
);

-- Moved by compare-and-set in the transaction that writes the rows: that alone makes every event count exactly once.
CREATE TABLE read.checkpoint (
  name text NOT NULL REFERENCES read.projection,
  version integer NOT NULL,
  position bigint,
  event_id uuid,
  PRIMARY KEY (name, version)
);

CREATE SEQUENCE read.due_mark;

-- SKUs whose announced figures may be wrong, one row each however often they change. `mark` changes with every cause:
-- the announcer removes only rows whose mark is the one that it has seen.
CREATE TABLE read.due (
  sku text COLLATE "C" PRIMARY KEY,
  -- 0: events; 1: the clock; 2: policy sweeps, recovery.
  priority smallint NOT NULL,
  -- Announce although equal: the world keeps numbers that the ledger has lost.
  force boolean NOT NULL DEFAULT false,
  mark bigint NOT NULL DEFAULT nextval('read.due_mark'),
  since timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX due_by_priority ON read.due (priority, since);

-- A walk over all SKUs in pieces, each put into `due`: after a policy changed, or to recover.
CREATE TABLE read.sweep (
  cause text PRIMARY KEY,
  force boolean NOT NULL,
  -- SKUs up to this one have been put into due.
  done_to text COLLATE "C" NOT NULL DEFAULT ''
);

-- One row. Locked for the whole of a round: there is one announcer at a time. `sequence` is the last one given.
CREATE TABLE read.announcer (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  sequence bigint NOT NULL DEFAULT 0
);
INSERT INTO read.announcer DEFAULT VALUES;

-- What the world was last told of a pair.
CREATE TABLE read.announced (
  sku text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  atp bigint NOT NULL,
  shown bigint NOT NULL,
  held bigint NOT NULL,
  state text NOT NULL,
  sequence bigint NOT NULL,
  position bigint NOT NULL,
  -- From then on the figures may be others without an event.
  valid_until timestamptz,
  PRIMARY KEY (sku, channel)
) WITH (fillfactor = 70);
CREATE INDEX announced_valid_until ON read.announced (valid_until) WHERE valid_until IS NOT NULL;

-- The announcements in their order, for the change feed and the relay of messages; trimmed by age.
CREATE TABLE read.outbox (
  sequence bigint PRIMARY KEY,
  sku text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  atp bigint NOT NULL,
  shown bigint NOT NULL,
  held bigint NOT NULL,
  state text NOT NULL,
  position bigint NOT NULL,
  announced_at timestamptz NOT NULL
);
