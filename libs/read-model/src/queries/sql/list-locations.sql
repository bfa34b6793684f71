SELECT location, author, authors, revision FROM fold.location ORDER BY location
