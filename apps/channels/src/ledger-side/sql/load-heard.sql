SELECT sequence FROM channel_side.heard WHERE name = $1
