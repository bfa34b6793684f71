-- Partitions of the intake that stand still, as the instance says that follows them: a person may speak to any instance.
CREATE TABLE intake.alarm (
  topic text COLLATE "C" NOT NULL,
  partition integer NOT NULL,
  reason text NOT NULL,
  next bigint NOT NULL,
  raised_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition)
);

-- Every message is looked up here before it is judged: what a person has discarded is few.
CREATE INDEX dead_letter_discarded ON intake.dead_letter (fingerprint) WHERE settled_how = 'discarded';
