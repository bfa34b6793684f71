UPDATE read.announcer SET held_since = coalesce(held_since, clock_timestamp())
