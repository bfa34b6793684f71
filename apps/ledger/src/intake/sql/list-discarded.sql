SELECT DISTINCT fingerprint
FROM intake.dead_letter
WHERE settled_how = 'discarded' AND topic = $1 AND fingerprint = ANY ($2::text[])
