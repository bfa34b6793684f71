import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'park-letter',
  'list-letters',
  'list-letters-of-keys',
  'find-letter',
  'fail-letter-again',
  'settle-letter',
  'list-discarded',
  'raise-alarm',
  'find-alarm',
  'settle-alarm',
]);
