-- What atp needs of every SKU, and what there is of policies: small, updated in place.
CREATE SCHEMA fold;

CREATE TABLE fold.head (
  sku text COLLATE "C" PRIMARY KEY,
  revision integer NOT NULL,
  position bigint NOT NULL,
  opened_at timestamptz NOT NULL
) WITH (fillfactor = 60);

CREATE TABLE fold.balance (
  sku text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  -- Of the last event that moved units here.
  revision integer NOT NULL,
  sellable bigint NOT NULL,
  reserved bigint NOT NULL,
  committed bigint NOT NULL,
  quarantined bigint NOT NULL,
  damaged bigint NOT NULL,
  PRIMARY KEY (sku, location)
) WITH (fillfactor = 60);

-- Units fenced for a channel at a location.
CREATE TABLE fold.fence (
  sku text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (sku, location, channel)
);

-- Lines of purchase orders. Without a connection nothing has been told of the line yet, or nothing stands any more.
CREATE TABLE fold.incoming (
  sku text COLLATE "C" NOT NULL,
  line text COLLATE "C" NOT NULL,
  connection text,
  location text COLLATE "C",
  quantity bigint NOT NULL DEFAULT 0,
  received bigint NOT NULL DEFAULT 0,
  ordered_at timestamptz,
  -- Null: nobody knows.
  eta timestamptz,
  confirmed boolean,
  -- The share that is counted on, in basis points.
  confidence integer,
  revision integer NOT NULL,
  PRIMARY KEY (sku, line)
);

-- Units of a line that order lines and carts have been promised, expired carts included.
CREATE TABLE fold.pledge (
  sku text COLLATE "C" NOT NULL,
  incoming_line text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (sku, incoming_line)
);

-- What order lines were promised out of lines of purchase orders, and for when.
CREATE TABLE fold.promise (
  sku text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  order_key text COLLATE "C" NOT NULL,
  line text COLLATE "C" NOT NULL,
  incoming_line text COLLATE "C" NOT NULL,
  date timestamptz NOT NULL,
  quantity bigint NOT NULL,
  paid boolean NOT NULL,
  placed_at timestamptz NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (sku, channel, order_key, line, incoming_line, date)
);
-- A page of promises, and those that wait for one line, are found without reading all of them.
CREATE INDEX promise_by_date ON fold.promise (date, sku, channel, order_key, line, incoming_line);
CREATE INDEX promise_of_incoming ON fold.promise (sku, incoming_line, date) INCLUDE (quantity);

-- What is to be fenced for a channel at a location; `spent` of it has gone into carts and orders.
CREATE TABLE fold.quota (
  sku text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  priority integer NOT NULL,
  spent bigint NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (sku, location, channel)
);

-- Open reservations; an expired one stays until its release is recorded and counts for nothing meanwhile.
CREATE TABLE fold.hold (
  sku text COLLATE "C" NOT NULL,
  reservation text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  -- Of them the units that are there.
  at_hand bigint NOT NULL,
  parts jsonb NOT NULL,
  listing text,
  expires_at timestamptz NOT NULL,
  revision integer NOT NULL,
  -- Promises on units that have yet to come.
  incoming jsonb NOT NULL,
  PRIMARY KEY (sku, reservation)
);
CREATE INDEX hold_expires_at ON fold.hold (expires_at);
-- A SKU may have a hundred thousand open holds: what has expired, and what expires next, is found without reading them.
CREATE INDEX hold_of_sku_expires_at ON fold.hold (sku, expires_at);

-- Units that are there in all of a channel's reservations, the expired ones included; what they were promised of what is to
-- come is not.
CREATE TABLE fold.held (
  sku text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (sku, channel)
) WITH (fillfactor = 60);

-- The same of those that name their listing, by listing; no row where it is 0.
CREATE TABLE fold.held_by_listing (
  sku text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  listing text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (sku, channel, listing)
) WITH (fillfactor = 60);

-- Order lines with units that no place covers: the oversold list.
CREATE TABLE fold.owed (
  sku text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  order_key text COLLATE "C" NOT NULL,
  line text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  paid boolean NOT NULL,
  placed_at timestamptz NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (sku, channel, order_key, line)
);

-- Units that have left a location and not arrived: below 0 where a receipt was reported before its dispatch.
CREATE TABLE fold.transit (
  sku text COLLATE "C" NOT NULL,
  transfer text COLLATE "C" NOT NULL,
  -- Empty: no dispatch has said it.
  destination text COLLATE "C" NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (sku, transfer)
);

CREATE TABLE fold.listing (
  channel text COLLATE "C" NOT NULL,
  product text COLLATE "C" NOT NULL,
  -- Empty: the product has none.
  variant text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  units_per_sale bigint NOT NULL,
  stream text NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (channel, product, variant)
);
CREATE INDEX listing_of_sku ON fold.listing (sku, channel);
CREATE INDEX listing_of_channel ON fold.listing (channel, sku);

CREATE TABLE fold.channel (
  channel text COLLATE "C" PRIMARY KEY,
  connection text NOT NULL,
  locations text[] NOT NULL,
  reservation_ttl_millis bigint NOT NULL,
  split_carts boolean NOT NULL,
  -- As the policy's event says them; null: none.
  buffer jsonb,
  cap jsonb,
  backorder jsonb,
  payment_classes jsonb,
  revision integer NOT NULL
);

CREATE TABLE fold.location (
  location text COLLATE "C" PRIMARY KEY,
  author text NOT NULL,
  authors jsonb NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  -- As the policy's event says it; null: nobody has said when units leave.
  dispatch jsonb,
  revision integer NOT NULL
);

-- What a SKU has of its own, by channel, as its event says it; empty: nothing any more.
CREATE TABLE fold.sku_policy (
  sku text COLLATE "C" PRIMARY KEY,
  channels jsonb NOT NULL,
  revision integer NOT NULL
);

-- Runs of figures that machines gave of a location, as they were judged and what became of them since.
CREATE TABLE fold.run (
  connection text COLLATE "C" NOT NULL,
  run text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  as_of timestamptz NOT NULL,
  kind text NOT NULL,
  row_count integer NOT NULL,
  -- By how many units its figures differed, all together.
  units bigint NOT NULL,
  reasons jsonb NOT NULL,
  judged_at timestamptz NOT NULL,
  state text NOT NULL,
  -- Rows that wait for a person.
  waiting integer NOT NULL,
  revision integer NOT NULL,
  PRIMARY KEY (connection, run)
);
CREATE INDEX run_of_source ON fold.run (connection, location, judged_at);
CREATE INDEX run_held ON fold.run (connection, run) WHERE state = 'held';

-- What a SKU that is sold but never stocked stands for. One that has ended has no components.
CREATE TABLE fold.bundle (
  sku text COLLATE "C" PRIMARY KEY,
  -- As the recipe's event says them: a list of { sku, units }.
  components jsonb NOT NULL,
  revision integer NOT NULL,
  position bigint NOT NULL
);

-- Which bundles (by their SKU) a component is in.
CREATE TABLE fold.component (
  component text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  PRIMARY KEY (component, sku)
);
CREATE INDEX component_of_sku ON fold.component (sku);
