import { loadStatements } from '#postgres';

export const announcerStatements = loadStatements(new URL('./sql/', import.meta.url), [
  'announce',
  'begin-recovery',
  'delete-due',
  'end-sweep',
  'hold',
  'let-go-on',
  'lock-announcer',
  'move-sweep',
  'next-sweep',
  'put-overdue',
  'put-sweep',
  'read-announced',
  'read-hold',
  'set-valid-until',
  'skip-untold',
  'take-due',
]);
