SELECT ticket, message FROM channels.outgoing WHERE channel = $1 ORDER BY ticket LIMIT $2
