import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'trim-alerts',
  'trim-entries',
  'trim-failures',
  'trim-findings',
  'trim-successes',
]);
