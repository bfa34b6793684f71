SELECT pg_advisory_xact_lock(hashtextextended('read.rebuild', 0))
