import { loadStatements } from '#postgres';

export const verifyStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'read-balances',
  'read-heads',
  'read-held',
  'read-held-by-listing',
  'read-holds',
  'read-levels',
  'read-owed',
  'read-pledges',
  'read-promises',
  'read-streams',
  'read-transit',
]);
