DELETE FROM intake.alarm WHERE topic = $1 AND partition = $2
