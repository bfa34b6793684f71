-- A relay whose lead is new tells again, once nothing that was sent before can arrive any more, what was announced last of
-- each pair since then.
CREATE TABLE read.relay_repeat (
  name text COLLATE "C" PRIMARY KEY,
  -- A cursor; '' is the beginning.
  since text COLLATE "C" NOT NULL,
  due_at timestamptz NOT NULL
);
