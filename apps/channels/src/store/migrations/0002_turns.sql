-- Rows that have their turn, in the order in which they have it: what is to be written by urgency, what is only looked at by
-- time. Sorted for each request, the rows of a shop of 8,000 that were due cost 10 to 20 ms, and more in larger ones.
CREATE INDEX shop_row_write ON channels.shop_row
  (channel, (wanted < believed) DESC, (least(wanted, believed)), sold_per_day DESC, "row")
  WHERE wanted <> believed AND least(due_at, read_by) IS NOT NULL AND sku IS NOT NULL AND barred IS NULL;
CREATE INDEX shop_row_look ON channels.shop_row (channel, (least(due_at, read_by)))
  WHERE wanted = believed AND least(due_at, read_by) IS NOT NULL AND sku IS NOT NULL AND barred IS NULL;
DROP INDEX channels.shop_row_due;
DROP INDEX channels.shop_row_read_by;

-- A page of what the ledger says of listings finds its rows by it.
CREATE INDEX shop_row_listing ON channels.shop_row (channel, listing);

-- When the reading of the shop's listings began that showed the row last: rows that a whole reading did not show are gone.
ALTER TABLE channels.shop_row ADD COLUMN listed_at bigint NOT NULL DEFAULT 0;
