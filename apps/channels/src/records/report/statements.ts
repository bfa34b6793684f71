import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'count-attempts',
  'count-findings',
  'count-waiting',
]);
