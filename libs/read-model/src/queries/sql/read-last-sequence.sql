SELECT sequence FROM read.announcer
