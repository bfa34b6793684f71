SELECT sequence, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros
FROM read.announcer WHERE held_since IS NULL FOR UPDATE SKIP LOCKED
