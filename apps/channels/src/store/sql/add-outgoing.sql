INSERT INTO channels.outgoing (ticket, channel, message)
SELECT ticket, $1, message FROM jsonb_to_recordset($2::jsonb) AS one (ticket bigint, message jsonb)
