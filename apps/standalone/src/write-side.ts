import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bounds } from '#event-sourcing';
import { createPostgresSnapshotStore } from '#event-store/postgres';
import { createDigest, type Config, type Logger } from '#platform';
import { createKeyIndex } from '#read-model';
import {
  createDeadLetterDesk,
  createPostgresCartIndex,
  postgresCheckpoint,
  postgresDeadLetters,
  startLedger,
  surroundingsOf,
  unsweptSkusOf,
  type DeadLetterDesk,
  type Ledger,
  type PostgresCartIndex,
} from '#apps/ledger';
import type { Base } from './base.js';
import { troubleWith } from './trouble.js';

export type WriteSide = {
  readonly ledger: Ledger;
  /** Messages that could not be taken in. */
  readonly deadLetters: DeadLetterDesk;
  /** Outlives the commands that ask it. */
  readonly cartIndex: PostgresCartIndex;
};

type Options = { readonly config: Config; readonly logger: Logger };

/** Lanes, sagas and the sweeper. What it asks of the read side it reads from that one's rows, whoever writes them. */
export const startWriteSide = async (base: Base, { config, logger }: Options): Promise<WriteSide> => {
  const { store, clock, pool } = base;
  const cartIndex = createPostgresCartIndex({
    ...{ url: base.serviceUrl, pool, clock, durable: config.eventStoreDbUrl !== undefined },
    onTrouble: troubleWith(logger, 'the index of carts'),
  });
  const ledger = await startLedger({
    ...{ store, clock, digest: createDigest(), random: Math.random, cartIndex },
    ...{ keyIndex: createKeyIndex({ pool, store }), snapshots: createPostgresSnapshotStore(pool) },
    bounds: boundsOf(config),
    // An embedded database belongs to its process.
    othersWrite: config.databaseUrl !== undefined,
    gather: () => nextTurn(),
    sweeper: { unswept: unsweptSkusOf(pool), everyMillis: config.sweepEveryMillis },
    backstop: postgresCheckpoint(pool, 'order-backstop'),
    surroundings: surroundingsOf(pool),
    figures: postgresCheckpoint(pool, 'figures'),
    ...toldTo(logger, base),
  });
  return {
    ledger,
    cartIndex,
    deadLetters: createDeadLetterDesk({ ledger, letters: postgresDeadLetters(pool), clock }),
  };
};

type Told = Pick<Parameters<typeof startLedger>[0], 'onTrouble' | 'onLostFigure' | 'onUndeliverable' | 'onMetric'>;

const toldTo = (logger: Logger, { damage }: Base): Required<Told> => ({
  onTrouble: (what, error) => {
    damage?.note(error);
    logger.warn(`Trouble with ${what}`, { error });
  },
  onLostFigure: (lost) => logger.error('A figure of a run cannot be compared on its SKU', { lost }),
  onUndeliverable: (undeliverable) => logger.error('An order line cannot be brought to its SKU', { undeliverable }),
  onMetric: (metric) => {
    if (metric.kind === 'too_large') logger.warn('A command is more than the store takes at once', { ...metric });
    if (!('error' in metric)) return;
    damage?.note(metric.error);
    logger.warn(`Kernel: ${metric.kind}`, { error: metric.error });
  },
});

const boundsOf = ({ laneQueueMax, totalQueueMax, rememberedKeysMax }: Config): Partial<Bounds> => ({
  ...(laneQueueMax !== undefined && { queuedCommandsPerLaneMax: laneQueueMax }),
  ...(totalQueueMax !== undefined && { openCommandsMax: totalQueueMax }),
  ...(rememberedKeysMax !== undefined && { rememberedKeysMax }),
});
