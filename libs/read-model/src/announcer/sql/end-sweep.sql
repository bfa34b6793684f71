DELETE FROM read.sweep WHERE cause = $1
