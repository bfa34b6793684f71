-- Units in the channel's open holds that name their listing, by listing: a hold that moves from one listing to another
-- changes what a shop may show of both. Null: none.
ALTER TABLE read.announced ADD COLUMN held_by_listing jsonb;
ALTER TABLE read.outbox ADD COLUMN held_by_listing jsonb;
