CREATE SCHEMA channels;

-- How far the feed of a shop was read. Times here and below are milliseconds since 1970 by the ledger's clock: what is
-- computed with them is computed in the workers.
CREATE TABLE channels.feed (
  channel text COLLATE "C" PRIMARY KEY,
  cursors jsonb,
  -- The first reading began.
  began_at bigint NOT NULL,
  -- The last reading began in which every source answered.
  whole_at bigint NOT NULL
);

-- An order as it was read last, and what the ledger was told of it.
CREATE TABLE channels.shop_order (
  channel text COLLATE "C" NOT NULL,
  order_key text COLLATE "C" NOT NULL,
  -- Of the shop. A restored shop gives an id again: the order that had it before has vanished.
  id text COLLATE "C" NOT NULL,
  cart text COLLATE "C",
  reading jsonb NOT NULL,
  -- When the reading began.
  read_at bigint NOT NULL,
  is_open boolean NOT NULL,
  -- The snapshot that the ledger was told last, and its version.
  told_hash text,
  ticket bigint,
  told_at bigint,
  -- The ledger's figures have it.
  is_included boolean NOT NULL,
  -- The shop is still making it: read again then.
  again_at bigint,
  making_since bigint,
  -- It is unpaid: the shop is asked to cancel it then, once.
  review_at bigint,
  cancel_asked_at bigint,
  -- The shop does not have it any more.
  vanished_at bigint,
  PRIMARY KEY (channel, order_key)
);
CREATE UNIQUE INDEX shop_order_id ON channels.shop_order (channel, id) WHERE vanished_at IS NULL;
CREATE INDEX shop_order_cart ON channels.shop_order (channel, cart) WHERE cart IS NOT NULL;
CREATE INDEX shop_order_again ON channels.shop_order (channel, again_at) WHERE again_at IS NOT NULL;
CREATE INDEX shop_order_review ON channels.shop_order (channel, review_at)
  WHERE review_at IS NOT NULL AND cancel_asked_at IS NULL AND vanished_at IS NULL;
CREATE INDEX shop_order_untold ON channels.shop_order (channel) WHERE NOT is_included;
CREATE INDEX shop_order_open ON channels.shop_order (channel, read_at) WHERE is_open AND vanished_at IS NULL;

-- What orders have of a row that its figures do not show: units that the shop will take, and sales that the ledger does not
-- have yet. In units of the listing.
CREATE TABLE channels.claim (
  channel text COLLATE "C" NOT NULL,
  "row" text COLLATE "C" NOT NULL,
  order_key text COLLATE "C" NOT NULL,
  pending bigint NOT NULL,
  unconfirmed bigint NOT NULL,
  -- The shop is still making the order: nobody knows what it has taken.
  rises_wait boolean NOT NULL,
  PRIMARY KEY (channel, "row", order_key)
);
CREATE INDEX claim_order ON channels.claim (channel, order_key);

-- Messages for the ledger, until they are stored where it takes them in.
CREATE TABLE channels.outgoing (ticket bigint PRIMARY KEY, channel text COLLATE "C" NOT NULL, message jsonb NOT NULL);

-- Versions of orders: one is drawn before a reading begins, so the higher one was read later.
CREATE SEQUENCE channels.ticket;

-- A row of a shop. Room beside each for its next versions: a row that sells is written often.
CREATE TABLE channels.shop_row (
  channel text COLLATE "C" NOT NULL,
  "row" text COLLATE "C" NOT NULL,
  -- As holds name it: 42 or 42:7.
  listing text COLLATE "C" NOT NULL,
  title text NOT NULL,
  "references" text[] NOT NULL,
  -- Undefined: nobody has said what it sells.
  sku text COLLATE "C",
  units_per_sale bigint NOT NULL DEFAULT 1,
  -- Why it is not kept right: the shop's doing (unfit), it is not there any more (gone), it has changed its kind (suspended).
  barred text,
  record jsonb,
  -- A person has said what is right: whatever it shows next is where it goes on from.
  released_at bigint,
  -- What it is believed to show and what it should: which writes go first. Units of the listing.
  believed bigint NOT NULL DEFAULT 0,
  wanted bigint NOT NULL DEFAULT 0,
  -- It is to be looked at; what was heard may show that there is nothing to do.
  due_at bigint,
  -- It is to be read, whatever is known of it.
  read_by bigint,
  -- When it was read last.
  read_at bigint NOT NULL DEFAULT 0,
  -- The newest announcement of its SKU.
  heard bigint NOT NULL DEFAULT 0,
  sold_at bigint,
  sold_per_day real NOT NULL DEFAULT 0,
  -- What was last logged that it would be written.
  would_push bigint,
  PRIMARY KEY (channel, "row")
) WITH (fillfactor = 70);
CREATE INDEX shop_row_sku ON channels.shop_row (channel, sku) WHERE sku IS NOT NULL;
CREATE INDEX shop_row_due ON channels.shop_row (channel, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX shop_row_read_by ON channels.shop_row (channel, read_by) WHERE read_by IS NOT NULL;

-- When the listings of a shop were read last, and the revision of its connection for which all of its rows were called.
CREATE TABLE channels.catalogue (channel text COLLATE "C" PRIMARY KEY, read_at bigint NOT NULL, called_for bigint);
