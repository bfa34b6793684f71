SELECT count(*) AS skus, min(since) AS oldest, read.moment() AS now FROM read.due
