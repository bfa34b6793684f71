DELETE FROM channels.outgoing WHERE ticket = ANY ($1::bigint[])
