-- The steps of an append, each a function of its own. Only `append` may be called by the service; the others run with its
-- settings. In plpgsql, which keeps its plans: up to version 17 a function in plain SQL is planned anew at every call.

-- (index of the write, index within the write) of every event, in order.
CREATE FUNCTION ledger.expand(counts integer[]) RETURNS TABLE (write integer, nth integer)
LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN QUERY SELECT c.write::integer, n
  FROM unnest(counts) WITH ORDINALITY AS c (count, write), generate_series(1, c.count) AS n;
END $$;

-- The number and kind of each stream, in order; 0 for those that the log has never seen.
CREATE FUNCTION ledger.numbers_of(names text[], OUT ids integer[], OUT kinds smallint[])
LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  SELECT array_agg(coalesce(s.stream_id, 0) ORDER BY w.nth), array_agg(coalesce(s.kind, 0) ORDER BY w.nth)
  INTO ids, kinds
  FROM unnest(names) WITH ORDINALITY AS w (stream, nth)
  LEFT JOIN LATERAL (SELECT s.* FROM ledger.streams s WHERE s.stream = w.stream OFFSET 0) AS s ON true;
END $$;

-- The last revision of each stream, in order; -1 for those without events.
CREATE FUNCTION ledger.heads_of(ids integer[]) RETURNS integer[]
LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
  RETURN ARRAY(
    SELECT coalesce(
      (SELECT e.revision FROM ledger.events e WHERE e.stream_id = i.id ORDER BY e.revision DESC LIMIT 1), -1)
    FROM unnest(ids) WITH ORDINALITY AS i (id, nth) ORDER BY i.nth);
END $$;

-- Gives numbers to streams that are new to the log.
CREATE FUNCTION ledger.open_streams(names text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ledger.kinds (name)
  SELECT DISTINCT split_part(n, '-', 1) FROM unnest(names) AS n
  WHERE NOT EXISTS (SELECT FROM ledger.kinds k WHERE k.name = split_part(n, '-', 1));

  INSERT INTO ledger.streams (stream, kind)
  SELECT n, (SELECT k.kind FROM ledger.kinds k WHERE k.name = split_part(n, '-', 1)) FROM unnest(names) AS n;
END $$;

-- What the writes left out have missed, within bounds: for each of them at least its last revision.
CREATE FUNCTION ledger.tails(
  ids integer[], heads integer[], expected integer[], events_max integer, bytes_max integer
) RETURNS TABLE (write integer, revision integer, "position" bigint, hash text, canonical text, at timestamptz)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH missed AS MATERIALIZED (
    SELECT w.nth::integer AS write, w.id, w.head, w.expected, count(*) OVER () AS writes
    FROM unnest(ids, heads, expected) WITH ORDINALITY AS w (id, head, expected, nth)
    WHERE w.head <> w.expected
  ), tail AS (
    SELECT m.write, e.revision, e.position, e.hash, e.canonical,
      sum(octet_length(e.canonical)) OVER (PARTITION BY m.write ORDER BY e.revision) AS bytes, m.writes
    FROM missed m, LATERAL (
      SELECT e.* FROM ledger.events e WHERE e.stream_id = m.id AND e.revision > m.expected
      ORDER BY e.revision LIMIT greatest(events_max / m.writes, 1)) AS e
  )
  SELECT m.write, m.head, NULL::bigint, NULL::text, NULL::text, NULL::timestamptz FROM missed m
  UNION ALL
  SELECT t.write, t.revision, t.position, encode(t.hash, 'hex'), t.canonical, NULL FROM tail t
  WHERE t.bytes <= bytes_max / t.writes
  ORDER BY 1, 3 NULLS FIRST;
END $$;

-- Appends to many streams, each write for itself: whose expected revision is not the stream's last one is left out, the
-- others are stored.
--
--   streams, expected, counts   one element a write: the stream, its last revision as the writer knows it (-1: none), and
--                               how many of the events are for it
--   hashes, canonicals          one element an event, in the order of the writes. Revisions follow from place alone, so
--                               a gap cannot be asked for
--   tail_events_max, tail_bytes_max   bounds of all tails together
--
-- Answers with one row (write 0: the position before the first event stored, and the time), and for each write left out a
-- row with the stream's last revision (-1: none), followed by its events after the expected one.
--
-- Call it by itself, never between BEGIN and COMMIT: the turn is held until the transaction ends. The lock must be a
-- statement of its own, since at READ COMMITTED a statement sees what was committed when it began: a comparison in the
-- same statement as the lock compares with what stood before the wait (measured: 36% of appends failed).
CREATE FUNCTION ledger.append(
  streams text[], expected integer[], counts integer[], hashes bytea[], canonicals text[],
  tail_events_max integer, tail_bytes_max integer
) RETURNS TABLE (write integer, revision integer, "position" bigint, hash text, canonical text, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
-- Plans are made when the tables are small and kept when they are large: only those by index are good for both.
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  ids     integer[];
  kinds   smallint[];
  heads   integer[];
  skipped integer[];  -- events left out up to and including each write
  last    bigint;
BEGIN
  IF NOT coalesce(
    cardinality(streams) > 0 AND cardinality(expected) = cardinality(streams)
    AND cardinality(counts) = cardinality(streams) AND 1 <= ALL (counts) AND -1 <= ALL (expected)
    AND cardinality(hashes) = cardinality(canonicals)
    AND cardinality(canonicals) = (SELECT sum(c) FROM unnest(counts) AS c), false)
  THEN
    RAISE EXCEPTION 'Every write names a stream, its last revision and at least one event'
      USING ERRCODE = 'invalid_parameter_value';
  END IF;

  LOCK TABLE ledger.turn IN SHARE UPDATE EXCLUSIVE MODE;

  last := coalesce((SELECT e.position FROM ledger.events e ORDER BY e.position DESC LIMIT 1), 0);
  SELECT n.ids, n.kinds INTO ids, kinds FROM ledger.numbers_of(streams) AS n;
  IF 0 = ANY (ids) THEN
    -- A name that is there twice breaks the primary key.
    PERFORM ledger.open_streams(ARRAY(
      SELECT w.stream FROM unnest(streams, ids, expected) AS w (stream, id, expected)
      WHERE w.id = 0 AND w.expected = -1));
    SELECT n.ids, n.kinds INTO ids, kinds FROM ledger.numbers_of(streams) AS n;
  END IF;
  IF (SELECT count(i) > count(DISTINCT i) FROM unnest(ids) AS i WHERE i > 0) THEN
    RAISE EXCEPTION 'Two writes of one append name the same stream' USING ERRCODE = 'invalid_parameter_value';
  END IF;

  heads := ledger.heads_of(ids);
  skipped := array_fill(0, ARRAY[cardinality(streams)]);
  IF heads <> expected THEN
    skipped := ARRAY(
      SELECT sum(CASE WHEN w.head = w.expected THEN 0 ELSE w.count END) OVER (ORDER BY w.nth)
      FROM unnest(heads, expected, counts) WITH ORDINALITY AS w (head, expected, count, nth) ORDER BY w.nth);
  END IF;

  INSERT INTO ledger.events (position, stream_id, revision, kind, hash, canonical)
  SELECT last + e.nth_of_all - skipped[e.write], ids[e.write], expected[e.write] + e.nth, kinds[e.write], e.hash, e.canonical
  FROM ROWS FROM (unnest(hashes), unnest(canonicals), ledger.expand(counts))
    WITH ORDINALITY AS e (hash, canonical, write, nth, nth_of_all)
  WHERE heads[e.write] = expected[e.write];

  RETURN QUERY SELECT 0, NULL::integer, last, NULL::text, NULL::text, clock_timestamp();
  IF heads <> expected THEN
    RETURN QUERY SELECT * FROM ledger.tails(ids, heads, expected, tail_events_max, tail_bytes_max);
  END IF;
END $$;

REVOKE ALL ON FUNCTION
  ledger.append, ledger.tails, ledger.expand, ledger.numbers_of, ledger.heads_of, ledger.open_streams FROM PUBLIC;
