import { Kafka, logLevel, type KafkaConfig, type LogEntry, type RetryOptions } from 'kafkajs';
import { registerCodecs } from './codecs.js';

registerCodecs();

/** How to reach Kafka. */
export type KafkaConnection = {
  /** host:port of some of the brokers; they name the others. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId?: string;
  /** true, or the options of `tls.connect` (certificates). */
  readonly ssl?: KafkaConfig['ssl'];
  /** Who we are: mechanism `plain`, `scram-sha-256`, `scram-sha-512`, `aws` or `oauthbearer`, and its secrets. */
  readonly sasl?: KafkaConfig['sasl'];
  /** What the client says of itself: warnings and errors. Nothing of it needs an answer; left out, it is dropped. */
  readonly log?: (entry: KafkaLogEntry) => void;
};

export type KafkaLogEntry = { readonly level: 'error' | 'warn'; readonly message: string; readonly details: unknown };

/** A host that does not answer is left for the next one. */
const connectionMsMax = 10_000;
/** An answer that stays out for so long will not come; the brokers themselves wait for replicas at most as long. */
const requestMsMax = 30_000;

/**
 * How often the client tries again by itself. All of it is named, because the client has other defaults when the
 * environment says that it is tested.
 */
export const retryOf = (retries: number, retryMsMax = 10_000): RetryOptions => ({
  initialRetryTime: 300,
  maxRetryTime: retryMsMax,
  factor: 0.2,
  multiplier: 2,
  retries,
});

/** A client of its own, with its own connections: two consumers of one client would share what they know of offsets. */
export const connect = (
  { brokers, clientId = 'stock-ledger', ssl, sasl, log }: KafkaConnection,
  retry: RetryOptions = retryOf(8),
  settings: Pick<KafkaConfig, 'connectionTimeout' | 'requestTimeout'> = {},
): Kafka =>
  new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: connectionMsMax,
    requestTimeout: requestMsMax,
    retry,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => log?.(entryOf(entry)),
    ...(ssl !== undefined && { ssl }),
    ...(sasl !== undefined && { sasl }),
    ...settings,
  });

const entryOf = ({ level, log: { message, ...details } }: LogEntry): KafkaLogEntry => ({
  level: level === logLevel.ERROR ? 'error' : 'warn',
  message,
  details,
});
