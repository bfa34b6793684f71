-- Messages where there is no Kafka: written once, read by any number of groups, deleted when they are old.

CREATE SCHEMA messaging;

-- `place` is the offset: counted from 0 in each topic, without gaps, in the order of the commits. `key` and `value` are
-- bytes as anybody may write them, NULL for none. `headers` is a JSON array of [name, value].
CREATE TABLE messaging.messages (
  topic   text COLLATE "C" NOT NULL,
  place   bigint NOT NULL CHECK (place >= 0),
  sent_at timestamptz NOT NULL,
  key     bytea,
  headers text NOT NULL,
  value   bytea,
  PRIMARY KEY (topic, place)
);

-- Whoever sends locks this table: one at a time. It is empty and nothing else touches it, neither vacuum nor a backup.
CREATE TABLE messaging.turn ();

-- How far each group has come, with every transport: everything below `next` is decided or parked. The last record below
-- it is kept with its fingerprint, to know it again. One row is written again and again: room for its next version beside it.
CREATE TABLE messaging.positions (
  group_name       text COLLATE "C" NOT NULL,
  topic            text COLLATE "C" NOT NULL,
  partition        integer NOT NULL CHECK (partition >= 0),
  next             bigint NOT NULL CHECK (next >= 0),
  last_offset      bigint,
  last_fingerprint text,
  PRIMARY KEY (group_name, topic, partition),
  CHECK ((last_offset IS NULL) = (last_fingerprint IS NULL))
) WITH (fillfactor = 50);

-- Stores messages of one topic, one element a message, in their order, and answers the offset of the first.
--
-- Call it by itself, never between BEGIN and COMMIT: the turn is held until the commit is visible, so offsets have no gaps
-- and become visible in their order. A reader that sees one sees all before it and can never pass over one that commits
-- late. The lock must be a statement of its own: the statement after it sees what was committed before the turn came.
CREATE FUNCTION messaging.send(to_topic text, keys bytea[], headers text[], contents bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  first bigint;
BEGIN
  IF NOT coalesce(
    to_topic <> '' AND cardinality(keys) > 0
    AND cardinality(headers) = cardinality(keys) AND cardinality(contents) = cardinality(keys), false)
  THEN
    RAISE EXCEPTION 'A topic, and a key, headers and a value for each message' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  LOCK TABLE messaging.turn IN SHARE UPDATE EXCLUSIVE MODE;

  first := coalesce(
    (SELECT m.place + 1 FROM messaging.messages m WHERE m.topic = to_topic ORDER BY m.place DESC LIMIT 1), 0);
  INSERT INTO messaging.messages (topic, place, sent_at, key, headers, value)
  SELECT to_topic, first + m.nth - 1, clock_timestamp(), m.key, m.header, m.content
  FROM ROWS FROM (unnest(keys), unnest(headers), unnest(contents))
    WITH ORDINALITY AS m (key, header, content, nth);
  RETURN first;
END $$;

-- Deletes messages that are older than the retention, from the beginning of each topic, so many of a topic at most, and
-- answers how many. The last message of a topic stays whatever its age: the next offset is counted from it.
CREATE FUNCTION messaging.trim(retention interval, messages_max integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  one     text;
  upto    bigint;
  last    bigint;
  deleted bigint;
  trimmed bigint := 0;
BEGIN
  -- The service may call it: a mistake there must not take what groups have still to read.
  IF NOT coalesce(retention >= interval '1 day' AND messages_max > 0, false) THEN
    RAISE EXCEPTION 'Messages are kept for a day at least' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  LOOP
    one := (SELECT m.topic FROM messaging.messages m WHERE one IS NULL OR m.topic > one ORDER BY m.topic LIMIT 1);
    EXIT WHEN one IS NULL;
    SELECT coalesce(min(o.place) FILTER (WHERE o.sent_at >= clock_timestamp() - retention), max(o.place) + 1) INTO upto
    FROM (SELECT m.place, m.sent_at FROM messaging.messages m WHERE m.topic = one ORDER BY m.place LIMIT messages_max) AS o;
    last := (SELECT m.place FROM messaging.messages m WHERE m.topic = one ORDER BY m.place DESC LIMIT 1);
    DELETE FROM messaging.messages m WHERE m.topic = one AND m.place < least(upto, last);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    trimmed := trimmed + deleted;
  END LOOP;
  RETURN trimmed;
END $$;

REVOKE ALL ON FUNCTION messaging.send, messaging.trim FROM PUBLIC;
