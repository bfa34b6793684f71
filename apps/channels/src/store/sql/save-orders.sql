INSERT INTO channels.shop_order AS kept (
  channel, order_key, id, cart, reading, read_at, is_open, told_hash, ticket, told_at, is_included, again_at, making_since
)
SELECT $1, order_key, id, cart, reading, read_at, is_open, told_hash, ticket, told_at, is_included, again_at, making_since
FROM jsonb_to_recordset($2::jsonb) AS one (
  order_key text, id text, cart text, reading jsonb, read_at bigint, is_open boolean, told_hash text, ticket bigint,
  told_at bigint, is_included boolean, again_at bigint, making_since bigint
)
ON CONFLICT (channel, order_key) DO UPDATE SET
  id = excluded.id, cart = excluded.cart, reading = excluded.reading, read_at = excluded.read_at,
  is_open = excluded.is_open, told_hash = excluded.told_hash, ticket = excluded.ticket, told_at = excluded.told_at,
  is_included = excluded.is_included, again_at = excluded.again_at, making_since = excluded.making_since,
  vanished_at = NULL
WHERE kept.read_at <= excluded.read_at
