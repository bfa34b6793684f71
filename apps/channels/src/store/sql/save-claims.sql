INSERT INTO channels.claim AS claim (channel, "row", order_key, pending, unconfirmed, rises_wait)
SELECT $1, "row", order_key, pending, unconfirmed, rises_wait
FROM jsonb_to_recordset($2::jsonb) AS one (
  "row" text, order_key text, pending bigint, unconfirmed bigint, rises_wait boolean
)
ON CONFLICT (channel, "row", order_key) DO UPDATE SET
  pending = excluded.pending, unconfirmed = claim.unconfirmed + excluded.unconfirmed, rises_wait = excluded.rises_wait
