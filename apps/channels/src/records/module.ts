import type { Module } from '#postgres';

/** Tables of the sync log, alerts, findings and resolutions. */
export const recordsModule: Module = {
  name: 'channel_records',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['channel_records'],
};
