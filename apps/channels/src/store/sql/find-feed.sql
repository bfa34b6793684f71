SELECT cursors, began_at, whole_at FROM channels.feed WHERE channel = $1
