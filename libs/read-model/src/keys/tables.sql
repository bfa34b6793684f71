-- Memory of command ids and fact keys that states have forgotten. Losing it costs time, never correctness.
CREATE SCHEMA index;

CREATE TABLE index.stream (
  stream text COLLATE "C" PRIMARY KEY,
  revision integer NOT NULL
) WITH (fillfactor = 60);

-- Only ids that guard against a second application; a fact is guarded by its key.
CREATE TABLE index.command (
  stream text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  hash text NOT NULL,
  first integer NOT NULL,
  last integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (stream, id)
);

CREATE TABLE index.fact (
  key text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  -- Of the event that says how the fact stands. The record is read from there: kept here as JSON, the year's half a
  -- million order lines would take five times the room.
  revision integer NOT NULL,
  -- It stands above 0 here.
  stands boolean NOT NULL,
  PRIMARY KEY (key, stream)
) WITH (fillfactor = 80);
