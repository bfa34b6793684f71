-- Two creations for one connection count each other. A statement of its own: a later one sees what the lock waited for.
SELECT pg_advisory_xact_lock(hashtextextended('auth.api_key:' || $1::text, 0))
