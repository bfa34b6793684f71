import { loadStatements } from '#postgres';

export const supplyStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'read-bundles',
  'read-channels',
  'read-supplies',
]);
