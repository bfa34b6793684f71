import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'list-ended',
  'list-open',
  'list-subjects',
  'list-untold',
  'lock-telling',
  'raise-alert',
  'set-told',
  'settle-alert',
]);
