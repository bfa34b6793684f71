import type { Clock, Random } from '#event-sourcing';
import { createWakeUp, type MessageConsumer, type MessageSender, type PositionStore } from '#messaging';
import { createPool, dedicatedConnection, plansByIndex, type Pool } from '#postgres';
import * as bounds from './bounds.js';
import { createConsumer } from './consumer.js';
import { createPostgresPositions } from './positions.js';
import { createSender } from './sender.js';
import { keepTrimmed } from './trimming.js';

export type PostgresMessagingOptions = {
  /** Of the service's role, as `provision` gives it. */
  readonly url: string;
  readonly clock: Clock;
  /** For jitter. */
  readonly random?: Random;
  readonly applicationName?: string;
  /** Messages that are older are deleted, whoever has read them. A day at least. */
  readonly retentionMs?: number;
  /** Something of the trimming failed; it is tried again later. */
  readonly onTrouble?: (error: unknown) => void;
};

/** Messages in PostgreSQL: for one process, or a few, without Kafka. */
export type PostgresMessaging = {
  readonly sender: MessageSender;
  readonly consumer: MessageConsumer;
  readonly positions: PositionStore;
  /** Ends what is under way, then the connections. Stop consumers before. */
  readonly close: () => Promise<void>;
};

const connectionsMax = 4;

/** @example const messaging = createPostgresMessaging({ url: (await provision({ ownerUrl, modules: [messagingModule] })).serviceUrl, clock }); */
export const createPostgresMessaging = (options: PostgresMessagingOptions): PostgresMessaging => {
  const { clock, random = Math.random, retentionMs = bounds.retentionMsDefault, onTrouble = ignore } = options;
  const pool = poolOf(options);
  const connection = sendConnection(options);
  const sent = createWakeUp();
  const sender = createSender(connection, sent);
  const closing = new AbortController();
  const trimming = keepTrimmed({ pool, retentionMs, clock, onTrouble }, closing.signal);
  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.all([trimming, sender.close()]);
    await Promise.all([connection.close(), pool.end()]);
  };
  let closed: Promise<void> | undefined;
  const closeOnce = (): Promise<void> => (closed ??= close());
  return {
    sender: { ...sender, close: closeOnce },
    consumer: createConsumer(pool, sent, { clock, random }),
    positions: createPostgresPositions(pool),
    close: closeOnce,
  };
};

const ignore = (): void => undefined;

const poolOf = ({ url, applicationName = 'messaging' }: PostgresMessagingOptions): Pool =>
  createPool({ url, applicationName: `${applicationName} read`, max: connectionsMax, settings: plansByIndex });

/** What is acknowledged is on disk, whatever the server's default is. */
const sendConnection = ({ url, applicationName = 'messaging' }: PostgresMessagingOptions) =>
  dedicatedConnection({
    url,
    applicationName: `${applicationName} send`,
    lockTimeoutMs: bounds.sendLockMsMax,
    statementTimeoutMs: bounds.sendStatementMsMax,
    answerMsMax: bounds.sendAnswerMsMax,
    settings: { synchronous_commit: 'on', default_transaction_isolation: 'read committed' },
  });
