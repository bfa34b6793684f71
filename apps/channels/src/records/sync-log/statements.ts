import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'find-entry',
  'list-entries',
  'list-entries-amiss',
  'list-entries-of-id',
  'write-entries',
]);
