SELECT read_at FROM channels.catalogue WHERE channel = $1
