CREATE SCHEMA channel_side;

-- Up to which announcement those who follow the outbox have heard, whichever process runs them.
CREATE TABLE channel_side.heard (
  name text COLLATE "C" PRIMARY KEY,
  sequence bigint NOT NULL
) WITH (fillfactor = 50);
