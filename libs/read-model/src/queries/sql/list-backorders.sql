-- What order lines were promised out of lines of purchase orders, in the order in which they are served, and what of it is
-- at risk at a moment: its line will not bring it by the promised date, as far as anybody knows.
-- $1: the moment (null: now); $2 to $7: after this promise; $8: promises at most; $9, $10: of one channel, of one SKU
-- (null: all); $11: those at risk alone.
-- Only the promises of the lines that a page may show are added up, up to its last date. OFFSET 0 keeps each lookup one by
-- key: in a plain join PostgreSQL read fold.incoming from its beginning up to the page's last line, settled lines included.
WITH asked AS (
  SELECT coalesce($1::timestamptz, read.moment()) AS moment
), page AS (
  SELECT sku, incoming_line, date
  FROM fold.promise
  WHERE $10::text IS NULL AND NOT $11
    AND (date, sku, channel, order_key, line, incoming_line)
      > ($2::timestamptz, $3::text, $4::text, $5::text, $6::text, $7::text)
    AND ($9::text IS NULL OR channel = $9)
  ORDER BY date, sku, channel, order_key, line, incoming_line
  LIMIT $8
), shown AS (
  SELECT DISTINCT sku, incoming_line, NULL::timestamptz AS first_date, NULL::bigint AS promised FROM page
  UNION ALL
  SELECT sku, incoming_line, min(date), sum(quantity)::bigint
  FROM fold.promise
  WHERE $10 IS NULL AND $11
  GROUP BY sku, incoming_line
  UNION ALL
  SELECT sku, incoming_line, min(date), sum(quantity)::bigint
  FROM fold.promise
  WHERE sku = $10
  GROUP BY sku, incoming_line
), standing AS (
  SELECT
    shown.*,
    incoming.eta,
    CASE
      WHEN incoming_line LIKE '$preorder:%' THEN NULL
      WHEN incoming.connection IS NULL THEN 'cancelled'
      WHEN NOT incoming.confirmed THEN 'not_confirmed'
      WHEN incoming.eta IS NULL THEN 'eta_unknown'
      WHEN date_trunc('day', incoming.eta, 'UTC') + interval '1 day' <= moment THEN 'overdue'
    END AS lost,
    CASE WHEN incoming_line LIKE '$preorder:%' THEN moment ELSE '-infinity' END AS overdue_until,
    CASE
      WHEN incoming_line LIKE '$preorder:%' THEN 9007199254740991
      ELSE greatest(coalesce(incoming.quantity - incoming.received, 0), 0)
    END AS remaining
  FROM shown CROSS JOIN asked LEFT JOIN LATERAL (
    SELECT * FROM fold.incoming WHERE incoming.sku = shown.sku AND incoming.line = shown.incoming_line OFFSET 0
  ) AS incoming ON true
), lines AS MATERIALIZED (
  SELECT *
  FROM standing
  WHERE NOT $11 OR lost IS NOT NULL OR first_date <= overdue_until OR first_date < eta OR promised > remaining
), promised AS (
  SELECT
    waiting.*,
    coalesce(lost, CASE WHEN date <= overdue_until THEN 'overdue' WHEN date < eta THEN 'late' END) AS lost,
    remaining
  FROM lines CROSS JOIN LATERAL (
    SELECT
      promise.*,
      (sum(quantity) OVER (ORDER BY date, NOT paid, placed_at, channel, order_key, line))::bigint - quantity AS before
    FROM fold.promise
    WHERE promise.sku = lines.sku AND promise.incoming_line = lines.incoming_line
      AND date <= (SELECT coalesce(max(date), 'infinity') FROM page)
  ) AS waiting
), judged AS (
  SELECT
    *,
    CASE WHEN lost IS NOT NULL THEN quantity ELSE greatest(0, least(quantity, before + quantity - remaining)) END AS at_risk
  FROM promised
)
SELECT
  sku, channel, order_key, line, incoming_line, date, quantity, paid, placed_at, revision, at_risk,
  CASE WHEN at_risk > 0 THEN coalesce(lost, 'short') END AS why
FROM judged
WHERE (date, sku, channel, order_key, line, incoming_line)
    > ($2::timestamptz, $3::text, $4::text, $5::text, $6::text, $7::text)
  AND ($9::text IS NULL OR channel = $9)
  AND (NOT $11 OR at_risk > 0)
ORDER BY date, sku, channel, order_key, line, incoming_line
LIMIT $8
