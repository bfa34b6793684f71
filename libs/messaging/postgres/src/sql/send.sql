SELECT messaging.send($1, $2, $3, $4) AS first
