CREATE SCHEMA channel_records;

-- One row an attempt, in either direction. The same change tried again at another moment is another attempt.
CREATE TABLE channel_records.sync_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  direction text COLLATE "C" NOT NULL CHECK (direction IN ('in', 'out')),
  operation text COLLATE "C" NOT NULL,
  resource text COLLATE "C" NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  source_change text COLLATE "C" NOT NULL,
  run text COLLATE "C",
  outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('done', 'unknown', 'failed', 'skipped')),
  code text COLLATE "C" NOT NULL,
  millis integer NOT NULL,
  -- Of the whole payload, also where it is not kept.
  payload_sha256 bytea,
  -- It begins with what grows, so that rows are added at its end, and answers the pages of a channel.
  UNIQUE (channel, at, direction, operation, resource, external_id, source_change)
);
CREATE INDEX sync_entry_of_id ON channel_records.sync_entry (channel, external_id, at, id);
CREATE INDEX sync_entry_amiss ON channel_records.sync_entry (channel, outcome, at, id) WHERE outcome <> 'done';
CREATE INDEX sync_entry_at ON channel_records.sync_entry (at);

-- What was sent or read when it failed; redacted and cut before it comes here.
CREATE TABLE channel_records.sync_failure (
  entry bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  payload text NOT NULL
);
CREATE INDEX sync_failure_at ON channel_records.sync_failure (at);

-- And when it was done last, for each key.
CREATE TABLE channel_records.sync_success (
  channel text COLLATE "C" NOT NULL,
  direction text COLLATE "C" NOT NULL,
  operation text COLLATE "C" NOT NULL,
  resource text COLLATE "C" NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  entry bigint NOT NULL UNIQUE,
  at timestamptz NOT NULL,
  payload text NOT NULL,
  PRIMARY KEY (channel, direction, operation, resource, external_id)
);
CREATE INDEX sync_success_at ON channel_records.sync_success (at);
