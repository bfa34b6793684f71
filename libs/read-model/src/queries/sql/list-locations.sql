SELECT location, author, authors, kind, state, revision FROM fold.location ORDER BY location
