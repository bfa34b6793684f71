SELECT
  count(*) AS rows,
  count(*) FILTER (WHERE record ? 'sample' OR record ? 'hold') AS drifting,
  count(*) FILTER (WHERE jsonb_path_exists(record, '$.raisedAt[*] ? (@ > $since)', jsonb_build_object('since', $2::bigint))) AS raised
FROM channels.shop_row WHERE channel = $1 AND sku IS NOT NULL AND barred IS NULL
