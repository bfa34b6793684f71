import { randomUUID } from 'node:crypto';
import type { Clock, Digest, EventStore } from '#event-sourcing';
import type { StockState } from '#stock';
import { memoryCheckpoint } from '../checkpoints/checkpoints.js';
import {
  createWaitingOrders,
  runOrderBackstop,
  runOrderResolver,
  type BackstopCheckpoint,
  type Deliveries,
  type OrderDesk,
  type Undeliverable,
} from '../orders/index.js';
import { runRunFollower, type LostFigure } from '../observations/index.js';
import type { LedgerLanes } from './ledger.js';
import { stockStream } from './report-facts.js';
import { pauseOf, runSweeper, type UnsweptSkus } from '../sweeper/index.js';

/** Between two starts of something that failed: a store that is away. */
const restartMillis = 500;

/** What has expired or is owed, and how long to rest between two looks at it. */
export type SweeperOptions = { readonly unswept: UnsweptSkus; readonly everyMillis: number };

export type SagaParts = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly lanes: LedgerLanes;
  readonly desk: OrderDesk;
  readonly deliveries: Deliveries;
  readonly backstop: BackstopCheckpoint;
  readonly figures?: BackstopCheckpoint;
  readonly sweeper?: SweeperOptions;
  readonly onLostFigure?: (lost: LostFigure) => void;
  readonly onUndeliverable?: (undeliverable: Undeliverable) => void;
  readonly onTrouble?: (what: string, error: unknown) => void;
};

/** What runs beside the commands: orders that a crash left half told, lines whose listing has appeared, figures, the sweeper. */
export const startSagas = (parts: SagaParts): { readonly stop: () => Promise<void> } => {
  const abort = new AbortController();
  const { store, clock, lanes, desk, deliveries } = parts;
  const backstop = {
    ...{ store, clock, digest: parts.digest, deliveries, stockStream, stock: lanes.stock, checkpoint: parts.backstop },
    onUndeliverable: parts.onUndeliverable ?? (() => undefined),
  };
  const resolver = { store, clock, desk, waiting: createWaitingOrders(), checkpoint: memoryCheckpoint() };
  const running = [
    keepRunning('order backstop', () => runOrderBackstop<StockState>(backstop, abort.signal), parts, abort.signal),
    keepRunning('order resolver', () => runOrderResolver(resolver, abort.signal), parts, abort.signal),
    keepRunning(
      'figures of runs',
      () => runRunFollower<StockState>(followerOf(parts), abort.signal),
      parts,
      abort.signal,
    ),
    ...(parts.sweeper === undefined ? [] : [sweeping(parts, parts.sweeper, abort.signal)]),
  ];
  return {
    stop: async () => {
      abort.abort();
      await Promise.all(running);
    },
  };
};

const followerOf = ({ store, clock, digest, lanes, figures, onLostFigure }: SagaParts) => ({
  ...{ store, clock, digest, stockStream, stock: lanes.stock, runs: lanes.runs },
  checkpoint: figures ?? memoryCheckpoint(),
  onLost: onLostFigure ?? (() => undefined),
});

const sweeping = (parts: SagaParts, { unswept, everyMillis }: SweeperOptions, signal: AbortSignal): Promise<void> => {
  const { clock, lanes, onTrouble } = parts;
  const sweeper = { unswept, clock, stockStream, stock: lanes.stock, newId: randomUUID, pause: pauseOf(everyMillis) };
  return runSweeper({ ...sweeper, ...(onTrouble && { onTrouble }) }, signal);
};

/** Starts again what failed, until the signal aborts: every saga is safe to run from its checkpoint on. */
const keepRunning = async (
  name: string,
  run: () => Promise<void>,
  { clock, onTrouble }: Pick<SagaParts, 'clock' | 'onTrouble'>,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    try {
      await run();
    } catch (error) {
      onTrouble?.(name, error);
    }
    if (signal.aborted) return;
    await clock.sleep(restartMillis, signal);
  }
};
