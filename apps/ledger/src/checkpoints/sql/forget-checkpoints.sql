DELETE FROM sagas.checkpoint
