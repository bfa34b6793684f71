UPDATE read.sweep SET done_to = $2 WHERE cause = $1
