import type { Module } from '#postgres';

/** What the read model keeps beside the versions of its projections: `provision({ modules: [..., readModule] })`. */
export const readModule: Module = {
  name: 'read',
  migrations: new URL('../migrations/', import.meta.url),
  serviceWrites: ['read'],
  grants: new URL('../grants/service.sql', import.meta.url),
};
