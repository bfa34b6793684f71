import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  createKernel,
  type Clock,
  type EventStore,
  type Follower,
  type Lanes,
  plus,
  runProjection,
} from '#event-sourcing';
import {
  createPostgresEventStore,
  createPostgresSnapshotStore,
  ledgerModule,
  type PostgresEventStore,
} from '#event-store/postgres';
import { createClock, createDigest } from '#platform';
import { createPool, plansByIndex, type Pool, provision } from '#postgres';
import {
  batchEventsMax,
  createKeyIndex,
  liveProjection,
  prepareProjections,
  readModule,
  restAfterBatch,
} from '#read-model';
import { type StockCommand, stockKind, type StockPolicy, type StockRefusal, type StockState } from '#stock';
import { within } from '../support/deadline.js';
import { seededRandom } from '../support/random.js';
import type { Scope } from '../support/scope.js';

/** The write side as it runs in the service, without HTTP: lanes, kernel, log. */
export type BenchLedger<Store extends EventStore = PostgresEventStore> = {
  /** Of the service's role. */
  readonly url: string;
  readonly store: Store;
  readonly stock: Lanes<StockState, StockCommand, StockRefusal>;
  /** Sends a command under an id of its own and throws when it was not accepted. */
  readonly send: (sku: string, command: StockCommand) => Promise<void>;
  /** Resolves when what goes on behind the answers is done. */
  readonly settle: () => Promise<void>;
};

type Say = (text: string) => void;

export const shop = 'shop';
export const warehouse = 'warehouse';

export const benchPolicy: StockPolicy = {
  channels: new Map([
    [
      'web',
      {
        channel: 'web',
        connection: shop,
        locations: [warehouse],
        reservationTtlMillis: 900_000,
        splitCarts: false,
        revision: 0,
      },
    ],
  ]),
  locations: new Map([
    [warehouse, { location: warehouse, author: shop, authors: {}, kind: 'own', state: 'open', revision: 0 }],
  ]),
};

export const streamOf = (sku: string): string => `${stockKind.prefix}-${sku}`;

/** A store in PostgreSQL, a kernel and its lanes on an empty database. */
export const startBenchLedger = (ownerUrl: string, scope: Scope, say: Say): Promise<BenchLedger> =>
  startBenchLedgerOn((url) => createPostgresEventStore({ url }), ownerUrl, scope, say);

type Closable = { readonly close: () => Promise<void> };

/** A kernel and its lanes on a store and an empty database, with the index of ids and keys that lanes ask kept up. */
export const startBenchLedgerOn = async <Store extends EventStore & Closable>(
  open: (url: string) => Store,
  ownerUrl: string,
  scope: Scope,
  say: Say,
): Promise<BenchLedger<Store>> => {
  const { serviceUrl: url } = await provision({ ownerUrl, modules: [ledgerModule, readModule] });
  const clock = createClock();
  const store = open(url);
  scope.add('the store', store.close);
  const pool = createPool({ url, applicationName: 'bench', max: poolConnectionsMax, settings: plansByIndex });
  scope.add('the pool', () => pool.end());
  await prepareProjections(pool);
  const index = followIndex({ store, pool, clock }, scope, say);
  const kernel = createKernel({
    ...{ store, clock, digest: createDigest(), random: seededRandom(1) },
    ...{ keyIndex: createKeyIndex({ pool, store }), snapshots: createPostgresSnapshotStore(pool) },
    // As the service does it: a caller who has just been answered goes along with the next append.
    gather: () => nextTurn(),
    onMetric: (metric) => ('error' in metric ? say(`kernel: ${metric.kind}: ${String(metric.error)}`) : undefined),
  });
  scope.add('the kernel', kernel.stop);
  const stock = kernel.lanes(stockKind, () => benchPolicy);
  return {
    url,
    store,
    stock,
    send: senderOf(stock, clock),
    settle: () => settled(store, index),
  };
};

const poolConnectionsMax = 4;

type Parts = { readonly store: EventStore; readonly pool: Pool; readonly clock: Clock };

const followIndex = ({ store, pool, clock }: Parts, scope: Scope, say: Say): Follower => {
  const abort = new AbortController();
  const { name, checkpoint, apply } = liveProjection(pool, 'index');
  const follower = runProjection({
    ...{
      name,
      store,
      clock,
      random: seededRandom(2),
      signal: abort.signal,
      batchEventsMax,
      apply,
      rest: restAfterBatch.index,
    },
    checkpoint: { load: checkpoint },
    onError: (error) => say(`index: ${String(error)}`),
  });
  scope.add('the index', () => {
    abort.abort();
    return follower.stopped;
  });
  return follower;
};

const settled = async (store: EventStore, index: Follower): Promise<void> => {
  const head = await store.head();
  if (head !== undefined) await within('the index', settleMillisMax, index.caughtUpTo(head));
};
const settleMillisMax = 120_000;

/** A bench waits longer than a caller of the service would: what is too slow shall show as a number, not as an error. */
const commandMillisMax = 20_000;

const senderOf = (stock: BenchLedger['stock'], clock: Clock): BenchLedger['send'] => {
  return async (sku, command) => {
    const outcome = await stock.execute({
      stream: streamOf(sku),
      command,
      commandId: `${shop}:${(ids += 1)}`,
      guard: 'sourceKey' in command ? 'key' : 'id',
      source: { connection: shop },
      actor: 'bench',
      correlationId: `bench-${ids}`,
      deadline: plus(clock.now(), commandMillisMax),
    });
    if (outcome.kind !== 'accepted') throw new Error(`${sku}: ${JSON.stringify(outcome)}`);
  };
};

/** Of all ledgers of the run, since two may stand on one database. */
let [ids, receipts] = [0, 0];

/** Opens a SKU with stock for everybody. */
export const receive = (ledger: Sending, sku: string): Promise<void> =>
  ledger.send(sku, {
    kind: 'receipt',
    connection: shop,
    location: warehouse,
    sourceKey: `receipt-${(receipts += 1)}`,
    sourceVersion: 1,
    occurredAt: '2026-01-01T00:00:00.000Z',
    quantity: 1_000_000_000,
    bucket: 'sellable',
    hash: 'bench',
  });

type Sending = Pick<BenchLedger, 'send'>;

export const reserve = (ledger: Sending, sku: string, cart: string): Promise<void> =>
  ledger.send(sku, { kind: 'reserve', connection: shop, channel: 'web', cart, quantity: 1 });
