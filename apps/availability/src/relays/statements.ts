import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'load-cursor',
  'save-cursor',
  'expect-repeat',
  'put-off-repeat',
  'find-repeat',
  'end-repeat',
]);
