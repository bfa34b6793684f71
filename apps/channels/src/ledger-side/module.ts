import type { Module } from '#postgres';

/** How far the announcements have been heard: `provision({ modules: [..., channelSideModule] })`. */
export const channelSideModule: Module = {
  name: 'channel_side',
  migrations: new URL('./migrations/', import.meta.url),
  serviceWrites: ['channel_side'],
};
