-- Messages of these keys that are not in the ledger, the newest first: nobody has settled them, or they were discarded.
SELECT letter.key, letter.value, letter.code, letter.detail
FROM unnest($2::bytea[]) AS asked (key)
JOIN intake.dead_letter AS letter ON sha256(letter.key) = sha256(asked.key) AND letter.key = asked.key
WHERE letter.topic = $1 AND letter.settled_how IS DISTINCT FROM 'replayed'
ORDER BY letter.id DESC
LIMIT $3
