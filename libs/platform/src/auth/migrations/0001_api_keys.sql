CREATE SCHEMA auth;

-- Keys of connections. Of a secret only its SHA-256 stands here; a key is revoked, never deleted.
CREATE TABLE auth.api_key (
  key_id text COLLATE "C" PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{16}$'),
  connection text COLLATE "C" NOT NULL CHECK (connection ~ '^[a-z0-9_]{1,32}$'),
  scopes text[] NOT NULL,
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);

CREATE INDEX api_key_connection ON auth.api_key (connection);
