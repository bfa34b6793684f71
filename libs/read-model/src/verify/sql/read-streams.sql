SELECT stream, revision FROM index.stream
