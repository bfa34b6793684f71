import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), [
  'begin-resolution',
  'claim-left',
  'end-resolution',
  'list-resolutions',
  'refuse-resolution',
]);
