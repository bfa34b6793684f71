import { addresses, eventStoreDbUrl, integer, keyOfSecrets, oneOf, postgresUrl, text } from './setting.js';
import { readSettings } from './read-settings.js';

/** Everything that the environment decides. docs/OPERATIONS.md shows this table. */
export const settings = {
  role: oneOf('ROLE', ['all', 'ledger', 'availability'], {
    meaning: 'What this process is: the write side (`ledger`), the read side (`availability`), or both',
    fallback: 'all',
  }),
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
  eventStoreDbAppendBytesMax: integer('EVENTSTOREDB_APPEND_BYTES_MAX', {
    meaning: 'Bytes that the server takes in one append: its own setting is `--max-append-size`',
    fallback: '1048576',
    min: 1_048_576,
    max: 16_777_216,
  }),
  kafkaBrokers: addresses('KAFKA_BROKERS', {
    meaning:
      'Kafka that messages come and go by, some of its brokers as host:port,host:port; without it they come by PostgreSQL',
  }),
  kafkaTls: oneOf('KAFKA_TLS', ['true', 'false'], { meaning: 'Speak TLS with Kafka', fallback: 'false' }),
  kafkaCaFile: text('KAFKA_CA_FILE', {
    meaning: 'PEM file with the authority that has signed the certificates of the brokers, where Node does not know it',
  }),
  kafkaSaslMechanism: oneOf('KAFKA_SASL_MECHANISM', ['plain', 'scram-sha-256', 'scram-sha-512'], {
    meaning: 'How the ledger proves to Kafka who it is; without it not at all',
  }),
  kafkaUsername: text('KAFKA_USERNAME', { meaning: 'Who the ledger is to Kafka' }),
  kafkaPassword: text('KAFKA_PASSWORD', { meaning: 'Its password there', secret: true }),
  kafkaTopicPrefix: text('KAFKA_TOPIC_PREFIX', {
    meaning: 'Stands before the names of all topics, for several ledgers on one cluster',
    fallback: '',
  }),
  kafkaPartitions: integer('KAFKA_PARTITIONS', {
    meaning: 'Partitions of topics that the ledger makes; changing it later moves keys',
    fallback: '6',
    min: 1,
    max: 1_000,
  }),
  kafkaReplicas: integer('KAFKA_REPLICAS', {
    meaning: 'Replicas of topics that the ledger makes: 1 where there is one broker',
    fallback: '3',
    min: 1,
    max: 9,
  }),
  kafkaSessionMillis: integer('KAFKA_SESSION_MILLIS', {
    meaning:
      'How long the partitions of an instance that was killed wait for another one; brokers take 6000 at least unless told otherwise',
    fallback: '6000',
    min: 1_000,
    max: 300_000,
  }),
  dataFolder: text('LEDGER_DATA', { meaning: 'Folder of the embedded PostgreSQL', fallback: './data' }),
  instanceId: text('INSTANCE_ID', {
    meaning:
      'Name of this installation, the same for all of its processes: where the database has another one it is a copy, and no shop is written to. Without it the place of the database, or the data folder itself',
  }),
  environment: text('ENVIRONMENT', {
    meaning: 'What the installation is for; as INSTANCE_ID, another one than the database has makes it a copy',
    fallback: 'production',
  }),
  channelSecretsKey: keyOfSecrets('CHANNEL_SECRETS_KEY', {
    meaning:
      'Key that secrets of shops are locked with, 32 bytes in base64; without it and its file the data folder keeps one, and a database of your own none',
  }),
  channelSecretsKeyFile: text('CHANNEL_SECRETS_KEY_FILE', { meaning: 'File with that key' }),
  channelSecretsKeyOld: keyOfSecrets('CHANNEL_SECRETS_KEY_OLD', {
    meaning: 'The key before, while it is replaced: at the start what it has locked is locked anew',
  }),
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
  readonly role: 'all' | 'ledger' | 'availability';
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly eventStoreDbUrl: string | undefined;
  readonly eventStoreDbNamespace: string;
  readonly eventStoreDbAppendBytesMax: number;
  readonly kafkaBrokers: readonly string[] | undefined;
  readonly kafkaTls: 'true' | 'false';
  readonly kafkaCaFile: string | undefined;
  readonly kafkaSaslMechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512' | undefined;
  readonly kafkaUsername: string | undefined;
  readonly kafkaPassword: string | undefined;
  readonly kafkaTopicPrefix: string;
  readonly kafkaPartitions: number;
  readonly kafkaReplicas: number;
  readonly kafkaSessionMillis: number;
  readonly dataFolder: string;
  readonly instanceId: string | undefined;
  readonly environment: string;
  readonly channelSecretsKey: string | undefined;
  readonly channelSecretsKeyFile: string | undefined;
  readonly channelSecretsKeyOld: string | undefined;
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
