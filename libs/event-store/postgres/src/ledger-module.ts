import type { Module } from '#postgres';

/** The tables of the log and of the snapshots, for `provision`. The service reads them and appends; no more. */
export const ledgerModule: Module = {
  name: 'ledger',
  migrations: new URL('./migrations/', import.meta.url),
  grants: new URL('./grants.sql', import.meta.url),
};
