-- What an event left behind at each location where it moved units: one narrow row each, never updated. What the event
-- says is in the log, which is read by revision; only what it would cost a fold to answer stands here.
CREATE SCHEMA history;

CREATE TABLE history.entry (
  sku text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  revision integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  occurred_at timestamptz NOT NULL,
  -- Of the event in the log: what was known at a position is exact, at an instant of recording some of it may yet come.
  position bigint NOT NULL,
  -- By how much on hand changed.
  physical_delta bigint NOT NULL,
  sellable bigint NOT NULL,
  reserved bigint NOT NULL,
  committed bigint NOT NULL,
  quarantined bigint NOT NULL,
  damaged bigint NOT NULL,
  -- Channel -> units; null: none.
  fenced jsonb,
  -- recordedAt never runs backwards within a stream, so this is the order of the revisions and finds a moment at once.
  PRIMARY KEY (sku, location, recorded_at, revision)
);
