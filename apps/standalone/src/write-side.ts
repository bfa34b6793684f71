import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bounds } from '#event-sourcing';
import { createPostgresSnapshotStore } from '#event-store/postgres';
import { createDigest, type Config, type Logger } from '#platform';
import { createKeyIndex, type OpenCart } from '#read-model';
import {
  createDeadLetterDesk,
  postgresCheckpoint,
  postgresDeadLetters,
  startLedger,
  surroundingsOf,
  unsweptSkusOf,
  type DeadLetterDesk,
  type Ledger,
} from '#apps/ledger';
import type { Base } from './base.js';

export type WriteSide = {
  readonly ledger: Ledger;
  /** Messages that could not be taken in. */
  readonly deadLetters: DeadLetterDesk;
};

type Options = { readonly config: Config; readonly logger: Logger; readonly knownCarts: readonly OpenCart[] };

/** Lanes, sagas and the sweeper. What it asks of the read side it reads from that one's rows, whoever writes them. */
export const startWriteSide = async (base: Base, { config, logger, knownCarts }: Options): Promise<WriteSide> => {
  const { store, clock, pool } = base;
  const ledger = await startLedger({
    ...{ store, clock, digest: createDigest(), random: Math.random, knownCarts },
    ...{ keyIndex: createKeyIndex({ pool, store }), snapshots: createPostgresSnapshotStore(pool) },
    bounds: { ...base.bounds, ...boundsOf(config) },
    gather: () => nextTurn(),
    sweeper: { unswept: unsweptSkusOf(pool), everyMillis: config.sweepEveryMillis },
    backstop: postgresCheckpoint(pool, 'order-backstop'),
    surroundings: surroundingsOf(pool),
    figures: postgresCheckpoint(pool, 'figures'),
    ...toldTo(logger),
  });
  return { ledger, deadLetters: createDeadLetterDesk({ ledger, letters: postgresDeadLetters(pool), clock }) };
};

type Told = Pick<Parameters<typeof startLedger>[0], 'onTrouble' | 'onLostFigure' | 'onUndeliverable' | 'onMetric'>;

const toldTo = (logger: Logger): Required<Told> => ({
  onTrouble: (what, error) => logger.warn(`Trouble with ${what}`, { error }),
  onLostFigure: (lost) => logger.error('A figure of a run cannot be compared on its SKU', { lost }),
  onUndeliverable: (undeliverable) => logger.error('An order line cannot be brought to its SKU', { undeliverable }),
  onMetric: (metric) =>
    'error' in metric ? logger.warn(`Kernel: ${metric.kind}`, { error: metric.error }) : undefined,
});

const boundsOf = ({ laneQueueMax, totalQueueMax, rememberedKeysMax }: Config): Partial<Bounds> => ({
  ...(laneQueueMax !== undefined && { queuedCommandsPerLaneMax: laneQueueMax }),
  ...(totalQueueMax !== undefined && { openCommandsMax: totalQueueMax }),
  ...(rememberedKeysMax !== undefined && { rememberedKeysMax }),
});
