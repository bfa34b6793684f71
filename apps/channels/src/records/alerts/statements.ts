import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'count-open',
  'list-ended',
  'list-open',
  'list-subjects',
  'list-untold',
  'lock-telling',
  'raise-alert',
  'set-told',
  'settle-alert',
]);
