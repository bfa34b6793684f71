-- How many orders have vanished lately, and which.
CREATE INDEX shop_order_vanished ON channels.shop_order (channel, vanished_at) WHERE vanished_at IS NOT NULL;
