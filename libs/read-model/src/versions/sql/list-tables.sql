SELECT tablename AS table FROM pg_tables WHERE schemaname = $1 ORDER BY tablename
