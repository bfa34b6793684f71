-- Units that were told and are not included yet stay off. What was pending may not be any more: its row is looked at.
WITH before AS (
  SELECT "row", order_key, pending FROM channels.claim
  WHERE channel = $1 AND order_key = ANY ($2::text[])
  FOR UPDATE
), reset AS (
  UPDATE channels.claim SET pending = 0, rises_wait = false FROM before
  WHERE claim.channel = $1 AND claim."row" = before."row" AND claim.order_key = before.order_key
  RETURNING before."row", before.pending
)
UPDATE channels.shop_row SET due_at = least(coalesce(due_at, $3), $3)
WHERE channel = $1 AND "row" = ANY (ARRAY(
  SELECT "row" FROM channels.shop_row WHERE channel = $1 AND "row" IN (SELECT "row" FROM reset WHERE pending > 0) ORDER BY "row" FOR UPDATE
))
