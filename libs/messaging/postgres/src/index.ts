export { messagingModule } from './messaging-module.js';
export { createPostgresPositions } from './positions.js';
export {
  createPostgresMessaging,
  type PostgresMessaging,
  type PostgresMessagingOptions,
} from './postgres-messaging.js';
export { trimMessages } from './trimming.js';
