UPDATE channel_records.finding SET state = 'open', snoozed_until = NULL
WHERE id = $1 AND state = 'snoozed' AND snoozed_until <= $2
