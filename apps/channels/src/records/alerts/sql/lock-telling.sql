-- Until the end of the transaction, unless another process has it.
SELECT pg_try_advisory_xact_lock(hashtextextended('channel_records.alert', 0)) AS is
