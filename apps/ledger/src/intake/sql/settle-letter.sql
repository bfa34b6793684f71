UPDATE intake.dead_letter
SET settled_how = $2, settled_by = $3, settled_reason = $4, settled_at = $5
WHERE id = $1 AND settled_how IS NULL
