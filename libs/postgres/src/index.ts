export { byteaArray, byteaArrayFromHex, integerArray, textArray } from './arrays.js';
export { type ConnectionOptions, plansByIndex } from './connection-options.js';
export {
  type DedicatedConnection,
  dedicatedConnection,
  type DedicatedConnectionOptions,
} from './dedicated-connection.js';
export {
  ConnectionLostError,
  ConnectionRefusedError,
  type FailureKind,
  failureKindOf,
  isNothingHappened,
  isUnavailable,
} from './failures.js';
export { quotedName, quotedText } from './identifiers.js';
export { MigrationError } from './migrations/migrate.js';
export type { Module } from './migrations/module.js';
export { pipelined } from './pipelined.js';
export { type Client, createPool, isPool, type Pool, type PoolOptions, type Queryable } from './pool.js';
export { rowsOf } from './provision/grants.js';
export { defaultServiceRole, provision, type Provisioned, type ProvisionOptions } from './provision/provision.js';
export { type LeadersWork, type LeadershipOptions, whileLeading } from './leadership.js';
export { loadStatements, prepared, type Statement } from './statements.js';
export { transaction, type TransactionOptions } from './transaction.js';
