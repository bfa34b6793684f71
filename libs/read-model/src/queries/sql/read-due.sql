SELECT count(*) AS skus, min(since) AS oldest, date_trunc('milliseconds', statement_timestamp()) AS now FROM read.due
