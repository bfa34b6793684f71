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

-- What connections have said of units that came, went or moved: each fact as it was told last, those of authors beside
-- those of witnesses, which no entry stands for. A fact that was voided has no row.
CREATE TABLE history.fact (
  sku text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  connection text COLLATE "C" NOT NULL,
  -- Of what an author's order says was shipped or put back, which has no key of its own: the line, the event, the place.
  source_key text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  witness boolean NOT NULL,
  location text COLLATE "C" NOT NULL,
  -- By how much on hand changes at the location.
  units bigint NOT NULL,
  document text COLLATE "C",
  channel text COLLATE "C",
  order_key text COLLATE "C",
  line text COLLATE "C",
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (sku, kind, connection, source_key)
);
CREATE INDEX fact_of_witness ON history.fact (sku) WHERE witness;
-- What an author said that a witness may have meant: of a line, under a document, or about then.
CREATE INDEX fact_of_line ON history.fact (sku, order_key) WHERE NOT witness AND order_key IS NOT NULL;
CREATE INDEX fact_of_document ON history.fact (sku, document) WHERE NOT witness AND document IS NOT NULL;
CREATE INDEX fact_at ON history.fact (sku, location, occurred_at) WHERE NOT witness;
