SELECT live FROM read.projection WHERE name = 'fold' FOR SHARE
