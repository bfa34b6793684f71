import { loadStatements, type Module } from '#postgres';

/** Its tables. */
export const connectionsModule: Module = {
  name: 'connections',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['connections'],
};

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'find-connection',
  'insert-connection',
  'list-connections',
  'list-history',
  'list-secrets',
  'lock-connection',
  'lock-connections',
  'lock-secrets',
  'note-change',
  'put-secret',
  'read-instance',
  'remember-message',
  'trim-messages',
  'update-connection',
  'write-instance',
]);
