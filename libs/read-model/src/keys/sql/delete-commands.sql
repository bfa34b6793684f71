DELETE FROM index.command USING unnest($1::text[], $2::text[]) AS undone (stream, id)
WHERE command.stream = undone.stream AND command.id = undone.id
