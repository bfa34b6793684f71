-- All that availability needs of some SKUs, in one snapshot and at one moment of the database's clock: rows of different
-- commits would add up to a number that never was.
SELECT
  head.sku,
  head.revision,
  head.position,
  head.opened_at,
  read.moment() AS at,
  (
    SELECT json_agg(
      json_build_array(location, revision, sellable, reserved, committed, quarantined, damaged) ORDER BY location
    )
    FROM fold.balance WHERE balance.sku = head.sku
  ) AS balances,
  (
    SELECT json_agg(json_build_array(location, channel, quantity))
    FROM fold.fence WHERE fence.sku = head.sku AND quantity <> 0
  ) AS fences,
  (
    SELECT json_agg(json_build_array(location, channel, quantity))
    FROM fold.quota WHERE quota.sku = head.sku AND quantity > 0
  ) AS quotas,
  (
    SELECT json_agg(json_build_array(channel, quantity))
    FROM fold.held WHERE held.sku = head.sku AND quantity <> 0
  ) AS held,
  (
    SELECT json_agg(json_build_array(channel, listing, quantity))
    FROM fold.held_by_listing WHERE held_by_listing.sku = head.sku
  ) AS held_by_listing,
  (
    SELECT json_agg(json_build_array(channel, quantity, parts, incoming, listing))
    FROM fold.hold
    WHERE hold.sku = head.sku AND expires_at <= read.moment()
  ) AS expired,
  (
    SELECT min(expires_at)
    FROM fold.hold
    WHERE hold.sku = head.sku AND expires_at > read.moment()
  ) AS next_expiry,
  (
    SELECT json_agg(
      json_build_array(
        line, location, incoming.quantity - received,
        to_char(eta AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        confirmed, confidence, coalesce(pledge.quantity, 0), revision
      ) ORDER BY line
    )
    FROM fold.incoming LEFT JOIN fold.pledge ON pledge.sku = incoming.sku AND pledge.incoming_line = incoming.line
    WHERE incoming.sku = head.sku AND incoming.quantity > received
  ) AS incoming,
  (
    SELECT json_agg(json_build_array(line, coalesce(received, 0), coalesce(pledged, 0)) ORDER BY line)
    FROM (
      SELECT line, received FROM fold.incoming WHERE incoming.sku = head.sku AND line LIKE '$preorder:%'
    ) AS filled FULL JOIN (
      SELECT incoming_line AS line, quantity AS pledged
      FROM fold.pledge WHERE pledge.sku = head.sku AND incoming_line LIKE '$preorder:%'
    ) AS waiting USING (line)
  ) AS preordered,
  (
    SELECT json_build_array(channels, sku_policy.revision)
    FROM fold.sku_policy WHERE sku_policy.sku = head.sku AND channels <> '{}'
  ) AS policy,
  ARRAY(SELECT DISTINCT channel FROM fold.listing WHERE listing.sku = head.sku) AS listed_by
FROM unnest($1::text[]) AS wanted (sku)
JOIN fold.head ON head.sku = wanted.sku
