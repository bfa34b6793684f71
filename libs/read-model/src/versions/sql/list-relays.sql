SELECT name, cursor FROM read.relay WHERE name = $1
