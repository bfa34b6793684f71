UPDATE channel_records.resolution SET state = 'refused', refusal = $2, ended_at = $3
WHERE id = $1 AND state = 'applying'
