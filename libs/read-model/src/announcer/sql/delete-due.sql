-- Rows that were marked again meanwhile stay, and so do those that somebody is marking right now: waiting for them, with
-- other rows already locked, could be a deadlock.
DELETE FROM read.due WHERE sku IN (
  SELECT due.sku
  FROM unnest($1::text[], $2::bigint[]) AS taken (sku, mark)
  JOIN read.due ON due.sku = taken.sku AND due.mark = taken.mark
  FOR UPDATE OF due SKIP LOCKED
)
