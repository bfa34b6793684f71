import { loadStatements } from '#postgres';

export const versionStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'begin-sweep',
  'delete-checkpoint',
  'list-columns',
  'list-live-shapes',
  'list-other-versions',
  'list-tables',
  'lock-checkpoint',
  'lock-rebuilds',
  'lock-versions',
  'next-version',
  'put-differing-due',
  'read-live-version',
  'register-checkpoint',
  'register-live',
  'set-live',
]);
