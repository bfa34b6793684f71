import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'advance-position',
  'load-positions',
  'read-bounds',
  'read-messages',
  'reset-position',
  'send',
  'trim',
]);
