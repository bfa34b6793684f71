CREATE SCHEMA carts;

-- Which SKUs a cart may hold, written before they are tried: whichever process a cart's next request comes to gives back
-- what it names no longer. Room beside each row for its next version.
CREATE TABLE carts.cart (
  reservation text COLLATE "C" PRIMARY KEY,
  skus text[] COLLATE "C" NOT NULL,
  -- The last request that named bundles: its command id, and what they stood for.
  exploded jsonb,
  version bigint NOT NULL,
  -- Nothing of it is held any more from then on.
  ends_at timestamptz NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX cart_ends_at ON carts.cart (ends_at);

-- One row once the carts that were open before there was this table have been taken over.
CREATE TABLE carts.seeded (at timestamptz NOT NULL);
