import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'find-finding',
  'list-of-state',
  'list-woken',
  'note-findings',
  'wake-finding',
]);
