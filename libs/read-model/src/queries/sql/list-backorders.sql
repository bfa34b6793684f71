-- What order lines were promised out of lines of purchase orders, in the order in which they are served, and what of it is
-- at risk at a moment: its line will not bring it by the promised date, as far as anybody knows.
-- $1: the moment (null: now); $2 to $7: after this promise; $8: promises at most; $9, $10: of one channel, of one SKU
-- (null: all); $11: those at risk alone.
WITH promised AS (
  SELECT
    promise.*,
    (sum(promise.quantity) OVER (
      PARTITION BY promise.sku, incoming_line
      ORDER BY date, NOT paid, placed_at, channel, order_key, promise.line
    ))::bigint - promise.quantity AS before,
    CASE
      WHEN incoming_line LIKE '$preorder:%'
        THEN CASE WHEN date <= coalesce($1::timestamptz, read.moment()) THEN 'overdue' END
      WHEN incoming.connection IS NULL THEN 'cancelled'
      WHEN NOT incoming.confirmed THEN 'not_confirmed'
      WHEN incoming.eta IS NULL THEN 'eta_unknown'
      WHEN date_trunc('day', incoming.eta, 'UTC') + interval '1 day' <= coalesce($1::timestamptz, read.moment())
        THEN 'overdue'
      WHEN incoming.eta > date THEN 'late'
    END AS lost,
    CASE
      WHEN incoming_line LIKE '$preorder:%' THEN 9007199254740991
      ELSE greatest(coalesce(incoming.quantity - incoming.received, 0), 0)
    END AS remaining
  FROM fold.promise LEFT JOIN fold.incoming ON incoming.sku = promise.sku AND incoming.line = incoming_line
  WHERE $10::text IS NULL OR promise.sku = $10
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
