-- Units that were told and are not included yet stay off.
UPDATE channels.claim SET pending = 0, rises_wait = false WHERE channel = $1 AND order_key = ANY ($2::text[])
