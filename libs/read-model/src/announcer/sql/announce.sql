WITH said AS (
  SELECT
    sku, channel, atp, shown, held, state, position, nullif(valid_until, '')::timestamptz AS valid_until, sequence,
    nullif(held_by_listing, '')::jsonb AS held_by_listing
  FROM unnest(
    $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::bigint[],
    $10::text[]
  ) AS said (sku, channel, atp, shown, held, state, position, valid_until, sequence, held_by_listing)
), remembered AS (
  INSERT INTO read.announced (
    sku, channel, atp, shown, held, held_by_listing, state, sequence, position, valid_until
  )
  SELECT sku, channel, atp, shown, held, held_by_listing, state, sequence, position, valid_until FROM said
  ON CONFLICT (sku, channel) DO UPDATE SET
    atp = excluded.atp,
    shown = excluded.shown,
    held = excluded.held,
    held_by_listing = excluded.held_by_listing,
    state = excluded.state,
    sequence = excluded.sequence,
    position = excluded.position,
    valid_until = excluded.valid_until
), numbered AS (
  UPDATE read.announcer SET sequence = (SELECT max(sequence) FROM said)
)
INSERT INTO read.outbox (sequence, sku, channel, atp, shown, held, held_by_listing, state, position, announced_at)
SELECT sequence, sku, channel, atp, shown, held, held_by_listing, state, position, clock_timestamp() FROM said
