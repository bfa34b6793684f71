SELECT partition, next, last_offset, last_fingerprint FROM messaging.positions WHERE group_name = $1 AND topic = $2
