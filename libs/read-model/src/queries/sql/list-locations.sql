SELECT location, author, authors, kind, state, dispatch, revision FROM fold.location ORDER BY location
