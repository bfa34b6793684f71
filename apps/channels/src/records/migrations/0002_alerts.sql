-- What is wrong with a channel, one row from its beginning to its end.
CREATE TABLE channel_records.alert (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL CHECK (level IN ('page', 'ticket')),
  detail text NOT NULL,
  verb text NOT NULL,
  raised_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  times bigint NOT NULL DEFAULT 1,
  ended_at timestamptz,
  -- What has been told of it to whoever gets up at night.
  told text COLLATE "C" NOT NULL DEFAULT 'nothing' CHECK (told IN ('nothing', 'opened', 'ended'))
);
CREATE UNIQUE INDEX alert_open ON channel_records.alert (channel, code, subject) WHERE ended_at IS NULL;
CREATE INDEX alert_untold ON channel_records.alert (id)
  WHERE told = 'nothing' OR (told = 'opened' AND ended_at IS NOT NULL);
CREATE INDEX alert_ended ON channel_records.alert (ended_at) WHERE ended_at IS NOT NULL;
