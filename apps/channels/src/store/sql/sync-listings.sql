-- A row that comes back, or is fit again, is read anew. Of two readings under way the one that began last has seen it.
INSERT INTO channels.shop_row AS kept (channel, "row", listing, title, "references", barred, listed_at)
SELECT $1, "row", listing, title, ARRAY(SELECT jsonb_array_elements_text("references")), barred, $4
FROM jsonb_to_recordset($2::jsonb) AS one ("row" text, listing text, title text, "references" jsonb, barred text)
ORDER BY "row" COLLATE "C"
ON CONFLICT (channel, "row") DO UPDATE SET
  listing = excluded.listing, title = excluded.title, "references" = excluded."references",
  barred = excluded.barred,
  listed_at = greatest(kept.listed_at, excluded.listed_at),
  record = CASE WHEN kept.barred IS NOT DISTINCT FROM excluded.barred THEN kept.record END,
  read_by = CASE WHEN kept.barred IS NOT DISTINCT FROM excluded.barred THEN kept.read_by ELSE $3 END
