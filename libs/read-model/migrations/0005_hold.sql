-- Since when nothing is announced, because the world was told more than this ledger knows, until a person lets it go on; and
-- what the world knew when somebody let it go on last: that is no reason to hold again.
ALTER TABLE read.announcer
  ADD COLUMN held_since timestamptz,
  ADD COLUMN passed_sequence bigint NOT NULL DEFAULT 0,
  ADD COLUMN passed_event_at timestamptz;
