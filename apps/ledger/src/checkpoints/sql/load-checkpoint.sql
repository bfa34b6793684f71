SELECT position FROM sagas.checkpoint WHERE name = $1
