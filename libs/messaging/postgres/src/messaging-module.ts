import type { Module } from '#postgres';

/**
 * The tables of messages and of positions, for `provision`. The service reads messages, sends them, and moves positions; it
 * changes no message, and deletes only those that are old. With Kafka only the positions are used.
 */
export const messagingModule: Module = {
  name: 'messaging',
  migrations: new URL('./migrations/', import.meta.url),
  grants: new URL('./grants.sql', import.meta.url),
};
