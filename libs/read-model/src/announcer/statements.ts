import { loadStatements } from '#postgres';

export const announcerStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'announce',
  'begin-recovery',
  'delete-due',
  'end-sweep',
  'lock-announcer',
  'move-sweep',
  'next-sweep',
  'put-overdue',
  'put-sweep',
  'read-announced',
  'set-valid-until',
  'take-due',
]);
