-- Versions of a projection that have tables and are not live: what a rebuild that was killed has left behind.
SELECT substring(nspname FROM '_([0-9]+)$')::integer AS version
FROM pg_namespace
WHERE nspname ~ ('^' || $1 || '_[0-9]+$')
  AND nspname <> $1 || '_' || (SELECT live FROM read.projection WHERE name = $1)
ORDER BY version
