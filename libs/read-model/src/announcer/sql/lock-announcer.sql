SELECT sequence, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros
FROM read.announcer FOR UPDATE SKIP LOCKED
