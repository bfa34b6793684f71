UPDATE channel_records.alert SET ended_at = greatest($4::timestamptz, raised_at)
WHERE channel = $1 AND code = $2 AND subject = $3 AND ended_at IS NULL
