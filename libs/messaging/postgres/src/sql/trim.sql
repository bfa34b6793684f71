SELECT messaging.trim($1::bigint * interval '1 millisecond', $2) AS trimmed
