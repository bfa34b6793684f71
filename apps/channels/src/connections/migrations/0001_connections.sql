CREATE SCHEMA connections;

-- Channels with the shop that each of them is, as people have set them. No secrets.
CREATE TABLE connections.connection (
  channel text COLLATE "C" PRIMARY KEY CHECK (channel ~ '^[a-z0-9_]{1,32}$'),
  connection text COLLATE "C" NOT NULL CHECK (connection ~ '^[a-z0-9_]{1,32}$'),
  kind text NOT NULL,
  settings jsonb NOT NULL,
  rung text NOT NULL CHECK (rung IN ('off', 'observe', 'shadow', 'canary', 'live', 'paused')),
  -- Kept while the channel is paused: it goes on with the same listings.
  canary jsonb,
  paused_from text CHECK (paused_from IN ('observe', 'shadow', 'canary', 'live')),
  paused_for text,
  revision bigint NOT NULL,
  CHECK ((rung = 'paused') = (paused_from IS NOT NULL))
);

-- AES-256-GCM: the cipher text with its tag behind it. Which key sealed it is known by the digest of that key alone.
CREATE TABLE connections.secret (
  channel text COLLATE "C" NOT NULL REFERENCES connections.connection,
  name text COLLATE "C" NOT NULL,
  key_id text COLLATE "C" NOT NULL,
  nonce bytea NOT NULL CHECK (octet_length(nonce) = 12),
  sealed bytea NOT NULL,
  PRIMARY KEY (channel, name)
);

-- Who changed what, and why: a row a revision.
CREATE TABLE connections.change (
  channel text COLLATE "C" NOT NULL REFERENCES connections.connection,
  revision bigint NOT NULL,
  what text NOT NULL,
  content jsonb NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (channel, revision)
);

-- Whose database this is. A copy has the same row, and a configuration that says something else.
CREATE TABLE connections.instance (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  instance_id text NOT NULL,
  environment text NOT NULL
);

-- Messages of shops that were believed, so that none is believed twice; the older ones are refused by their time.
CREATE TABLE connections.message (
  channel text COLLATE "C" NOT NULL,
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  heard_at timestamptz NOT NULL,
  PRIMARY KEY (channel, digest)
);
CREATE INDEX message_age ON connections.message (heard_at);
