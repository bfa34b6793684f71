SELECT nextval('channels.ticket') AS ticket FROM generate_series(1, $1::integer)
