import { loadStatements } from '#postgres';

export const versionStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'begin-sweep',
  'delete-checkpoint',
  'list-columns',
  'list-live-checkpoints',
  'list-live-shapes',
  'list-other-versions',
  'list-relays',
  'list-tables',
  'lock-checkpoint',
  'lock-rebuilds',
  'lock-versions',
  'next-version',
  'put-checkpoint',
  'put-differing-due',
  'put-relay',
  'read-live-version',
  'register-checkpoint',
  'register-live',
  'set-live',
]);
