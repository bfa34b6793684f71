-- How far each relay has told the world, which runs behind it: a cursor lost costs messages that come twice, nothing else.
CREATE TABLE read.relay (
  name text COLLATE "C" PRIMARY KEY,
  cursor text COLLATE "C" NOT NULL
);
