CREATE SCHEMA sagas;

-- How far each subscription of the write side has read the log. Losing a row costs a second reading, nothing else.
CREATE TABLE sagas.checkpoint (
  name text COLLATE "C" PRIMARY KEY,
  position text COLLATE "C" NOT NULL
);
