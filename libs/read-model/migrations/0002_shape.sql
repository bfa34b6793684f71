-- The shape of the tables that the live version has been built with (a digest of their definition). Null: an older one.
ALTER TABLE read.projection ADD COLUMN shape text;
