-- Every fact of witnesses on the next SKUs that have any, and what an author has said of the same order lines, under the
-- same documents, or of as many units within a day: all that their matching rests on.
-- $1: after this SKU, $2: or from it; $3: facts of witnesses to stop after, the last SKU whole; $4, $5: of one SKU, of one
-- witness (null: all); $6: the moment that the answer is of (null: now).
WITH asked AS (
  SELECT DISTINCT sku FROM (
    SELECT sku FROM history.fact
    WHERE witness AND sku >= $1 AND ($2 OR sku <> $1)
      AND ($4::text IS NULL OR sku = $4) AND ($5::text IS NULL OR connection = $5)
    ORDER BY sku LIMIT $3
  ) AS next
),
said AS (
  SELECT fact.* FROM asked JOIN history.fact USING (sku) WHERE witness AND ($5::text IS NULL OR connection = $5)
),
lines AS (
  SELECT DISTINCT sku, kind, channel, order_key, line FROM said WHERE order_key IS NOT NULL
),
documents AS (
  SELECT DISTINCT sku, kind, location, document FROM said WHERE document IS NOT NULL
),
-- Days that overlap are one stretch: no fact of an author is read once for every witness's that is near.
spaced AS (
  SELECT sku, location, kind, units, occurred_at,
    occurred_at > lag(occurred_at) OVER alike + interval '48 hours' AS begins
  FROM said WINDOW alike AS (PARTITION BY sku, location, kind, units ORDER BY occurred_at)
),
numbered AS (
  SELECT *, count(*) FILTER (WHERE begins) OVER (
    PARTITION BY sku, location, kind, units ORDER BY occurred_at
  ) AS stretch
  FROM spaced
),
stretches AS (
  SELECT sku, location, kind, units,
    min(occurred_at) - interval '24 hours' AS since, max(occurred_at) + interval '24 hours' AS until
  FROM numbered GROUP BY sku, location, kind, units, stretch
),
related AS (
  SELECT * FROM said
  UNION
  SELECT author.* FROM lines JOIN history.fact AS author USING (sku, order_key)
  WHERE NOT author.witness AND author.order_key IS NOT NULL
    AND (author.kind, author.channel, author.line) = (lines.kind, lines.channel, lines.line)
  UNION
  SELECT author.* FROM documents JOIN history.fact AS author USING (sku, document)
  WHERE NOT author.witness AND author.document IS NOT NULL
    AND (author.kind, author.location) = (documents.kind, documents.location)
  UNION
  SELECT author.* FROM stretches JOIN history.fact AS author USING (sku, location)
  WHERE NOT author.witness AND (author.kind, author.units) = (stretches.kind, stretches.units)
    AND author.occurred_at BETWEEN stretches.since AND stretches.until
)
SELECT *, coalesce($6::timestamptz, read.moment()) AS at FROM related ORDER BY sku
