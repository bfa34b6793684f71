import { loadStatements } from '#postgres';

export const queryStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'count-open-holds',
  'list-balances-known-at',
  'list-bundles',
  'list-changes',
  'list-held-skus',
  'list-listed-skus',
  'list-listings',
  'list-locations',
  'list-on-hand-happened-at',
  'list-owed',
  'read-due',
  'read-entries',
  'read-head',
  'read-last-sequence',
  'read-live-position',
  'read-open-holds',
  'read-owed-of-sku',
  'read-projections',
  'read-quotas',
  'read-sequences',
]);
