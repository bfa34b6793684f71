CREATE SCHEMA intake;

-- Messages that could not be taken in, byte for byte, until a person has them replayed or discards them.
CREATE TABLE intake.dead_letter (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text COLLATE "C" NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  -- A topic that was made anew counts its messages from 0 again.
  fingerprint text COLLATE "C" NOT NULL,
  key bytea,
  -- JSON as bytes: names and values are anybody's, and text of PostgreSQL holds no U+0000.
  headers bytea NOT NULL,
  value bytea,
  code text NOT NULL,
  detail text NOT NULL,
  field text,
  parked_at timestamptz NOT NULL,
  settled_how text CHECK (settled_how IN ('replayed', 'discarded')),
  settled_by text,
  settled_reason text,
  settled_at timestamptz,
  UNIQUE (topic, partition, "offset", fingerprint)
);
CREATE INDEX dead_letter_open ON intake.dead_letter (id) WHERE settled_how IS NULL;
