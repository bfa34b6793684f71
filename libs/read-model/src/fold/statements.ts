import { loadStatements } from '#postgres';
import { statementsOf } from '../projection/statements.js';
import type { Target } from '../projection/projection.js';

const files = loadStatements(new URL('./sql/', import.meta.url), [
  'add-balances',
  'add-fences',
  'add-held',
  'add-held-by-listing',
  'add-pledges',
  'add-received',
  'add-transit',
  'begin-sweep',
  'cancel-incoming',
  'delete-components',
  'delete-arrived',
  'delete-held-by-listing',
  'delete-holds',
  'delete-owed',
  'delete-promises',
  'put-due',
  'read-live',
  'set-bundles',
  'set-channels',
  'set-components',
  'set-holds',
  'set-listings',
  'set-locations',
  'set-owed',
  'set-promises',
  'set-quotas',
  'tell-incoming',
  'set-sku-policies',
  'set-run-standings',
  'set-runs',
  'write-heads',
]);

export type FoldStatements = typeof files;
export const foldStatements = (target: Target): FoldStatements => statementsOf(files, target);
