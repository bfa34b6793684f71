UPDATE channel_records.alert SET told = $2 WHERE id = $1
