-- Readings that nobody expected. Units of the listing.
CREATE TABLE channel_records.finding (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel text COLLATE "C" NOT NULL,
  shop_row text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('above', 'below', 'drift_raised', 'drift_held')),
  units bigint NOT NULL,
  cause text COLLATE "C" NOT NULL,
  read bigint NOT NULL,
  -- NULL: it might have shown anything.
  expected bigint[],
  hold text COLLATE "C",
  written bigint,
  target bigint NOT NULL,
  since timestamptz,
  at timestamptz NOT NULL,
  -- `noted`: nothing is asked of anybody; `resolvable`: a person may say more; the others wait for one, or have heard one.
  state text COLLATE "C" NOT NULL
    CHECK (state IN ('noted', 'resolvable', 'open', 'counting', 'snoozed', 'resolved')),
  snoozed_until timestamptz,
  UNIQUE (channel, shop_row, at)
);
CREATE INDEX finding_of_state ON channel_records.finding (state, at, id);
CREATE INDEX finding_of_channel ON channel_records.finding (channel, at, id);
CREATE INDEX finding_snoozed ON channel_records.finding (snoozed_until) WHERE state = 'snoozed';
CREATE INDEX finding_at ON channel_records.finding (at);

-- What people said of them, and what follows from it, decided once: it is carried on after a crash as it was decided.
CREATE TABLE channel_records.resolution (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  finding uuid NOT NULL REFERENCES channel_records.finding ON DELETE CASCADE,
  how text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  plan jsonb NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'applying' CHECK (state IN ('applying', 'applied', 'refused')),
  -- Why it could not be applied.
  refusal jsonb,
  began_at timestamptz NOT NULL,
  tried_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX resolution_applying ON channel_records.resolution (finding) WHERE state = 'applying';
CREATE INDEX resolution_of_finding ON channel_records.resolution (finding, id);
