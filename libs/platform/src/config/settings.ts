import { eventStoreDbUrl, integer, oneOf, postgresUrl, text } from './setting.js';
import { readSettings } from './read-settings.js';

/** Everything that the environment decides. docs/OPERATIONS.md shows this table. */
export const settings = {
  port: integer('PORT', { meaning: 'TCP port of HTTP; 0 takes a free one', fallback: '8080', min: 0, max: 65_535 }),
  host: text('HOST', { meaning: 'Address that HTTP listens on; 0.0.0.0 for all', fallback: '127.0.0.1' }),
  databaseUrl: postgresUrl('DATABASE_URL', {
    meaning: 'PostgreSQL of your own, as an owner that may create roles and schemas; without it an embedded one runs',
  }),
  eventStoreDbUrl: eventStoreDbUrl('EVENTSTOREDB_URL', {
    meaning:
      'EventStoreDB (KurrentDB) that keeps the events; without it PostgreSQL does. What is computed stays in PostgreSQL',
  }),
  eventStoreDbNamespace: text('EVENTSTOREDB_NAMESPACE', {
    meaning: 'Stands before the names of all streams there, for several ledgers on one server',
    fallback: '',
  }),
  dataFolder: text('LEDGER_DATA', { meaning: 'Folder of the embedded PostgreSQL', fallback: './data' }),
  logLevel: oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error'], {
    meaning: 'Least level that is logged',
    fallback: 'info',
  }),
  requestsPerSecond: integer('RATE_LIMIT_PER_SECOND', {
    meaning: 'Requests a second that one API key may send, with a burst of twice as many',
    fallback: '20000',
    min: 1,
    max: 1_000_000,
  }),
  laneQueueMax: integer('LANE_QUEUE_MAX', {
    meaning: 'Commands that may wait for one stream before it answers `busy`',
    min: 1,
    max: 1_000_000,
  }),
  totalQueueMax: integer('TOTAL_QUEUE_MAX', {
    meaning: 'Commands that may wait in the process before it answers `busy`',
    min: 1,
    max: 10_000_000,
  }),
  rememberedKeysMax: integer('REMEMBERED_KEYS_MAX', {
    meaning:
      'Command ids, facts and order lines kept in memory, 200 to 500 bytes each; older ones are asked from the index',
    min: 1_000,
    max: 10_000_000,
  }),
  sweepEveryMillis: integer('SWEEP_EVERY_MILLIS', {
    meaning: 'Rest between two looks for expired holds and owed units that may be served',
    fallback: '2000',
    min: 10,
    max: 3_600_000,
  }),
} as const;

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly eventStoreDbUrl: string | undefined;
  readonly eventStoreDbNamespace: string;
  readonly dataFolder: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly requestsPerSecond: number;
  readonly laneQueueMax: number | undefined;
  readonly totalQueueMax: number | undefined;
  readonly rememberedKeysMax: number | undefined;
  readonly sweepEveryMillis: number;
};

/** @throws ConfigError naming every setting that is wrong */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config =>
  readSettings(settings, environment) as Config;
