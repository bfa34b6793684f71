import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'append',
  'database-time',
  'head',
  'load-snapshots',
  'read-log',
  'read-log-of-kinds',
  'read-streams',
  'save-snapshots',
]);
