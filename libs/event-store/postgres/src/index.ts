export {
  type ClockSample,
  createPostgresEventStore,
  type PostgresEventStore,
  type PostgresEventStoreOptions,
} from './event-store.js';
export { ledgerModule } from './ledger-module.js';
export { createPostgresSnapshotStore } from './snapshots.js';
export { type LogProblem, type LogVerdict, verifyLog, type VerifyLogOptions } from './verify-log.js';
