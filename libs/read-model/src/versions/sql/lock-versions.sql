SELECT pg_advisory_xact_lock(hashtextextended('read.projection', 0))
