-- A row that comes back, or is fit again, is read anew.
INSERT INTO channels.shop_row AS kept (channel, "row", listing, title, "references", barred)
SELECT $1, "row", listing, title, ARRAY(SELECT jsonb_array_elements_text("references")), barred
FROM jsonb_to_recordset($2::jsonb) AS one ("row" text, listing text, title text, "references" jsonb, barred text)
ON CONFLICT (channel, "row") DO UPDATE SET
  listing = excluded.listing, title = excluded.title, "references" = excluded."references",
  barred = excluded.barred,
  record = CASE WHEN kept.barred IS NOT DISTINCT FROM excluded.barred THEN kept.record END,
  read_by = CASE WHEN kept.barred IS NOT DISTINCT FROM excluded.barred THEN kept.read_by ELSE $3 END
