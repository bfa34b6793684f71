import { loadStatements } from '#postgres';

/** On the live views as they stand; `statementsOf` turns them to the tables of one version. */
export const indexStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'delete-commands',
  'look-up',
  'set-commands',
  'set-facts',
  'set-streams',
]);
