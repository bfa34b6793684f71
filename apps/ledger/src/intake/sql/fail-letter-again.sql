UPDATE intake.dead_letter SET code = $2, detail = $3, field = $4 WHERE id = $1 AND settled_how IS NULL
