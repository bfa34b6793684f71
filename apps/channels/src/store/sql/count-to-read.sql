SELECT
  (SELECT count(*) FROM channels.shop_row
    WHERE channel = $1 AND wanted = believed AND least(due_at, read_by) <= $2 AND read_by <= $2 AND sku IS NOT NULL AND barred IS NULL
      AND ($3::text[] IS NULL OR sku = ANY ($3::text[])))
  + (SELECT count(*) FROM channels.shop_row
    WHERE channel = $1 AND wanted <> believed AND least(due_at, read_by) <= $2 AND read_by <= $2 AND sku IS NOT NULL AND barred IS NULL
      AND ($3::text[] IS NULL OR sku = ANY ($3::text[]))) AS rows
