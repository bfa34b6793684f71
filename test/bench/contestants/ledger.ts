import { createKernel, type Kernel, type Lanes, plus } from '#event-sourcing';
import {
  createPostgresEventStore,
  createPostgresSnapshotStore,
  ledgerModule,
  type PostgresEventStore,
} from '#event-store/postgres';
import { createClock, createDigest } from '#platform';
import { createPool, type Pool, provision } from '#postgres';
import { createKeyIndex, readModule } from '#read-model';
import { type StockCommand, stockKind, type StockPolicy, type StockRefusal, type StockState } from '#stock';
import { seededRandom } from '../support/random.js';

/** The write side as it runs in the service, without HTTP: lanes, kernel, log. */
export type BenchLedger = {
  readonly kernel: Kernel;
  readonly store: PostgresEventStore;
  readonly pool: Pool;
  readonly stock: Lanes<StockState, StockCommand, StockRefusal>;
  /** Sends a command under an id of its own and throws when it was not accepted. */
  readonly send: (sku: string, command: StockCommand) => Promise<void>;
  readonly close: () => Promise<void>;
};

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
  locations: new Map([[warehouse, { location: warehouse, author: shop, authors: {}, revision: 0 }]]),
};

export const streamOf = (sku: string): string => `${stockKind.prefix}-${sku}`;

export const startBenchLedger = async (ownerUrl: string): Promise<BenchLedger> => {
  const { serviceUrl: url } = await provision({ ownerUrl, modules: [ledgerModule, readModule] });
  const clock = createClock();
  const store = createPostgresEventStore({ url });
  const pool = createPool({ url, applicationName: 'bench', max: 2 });
  const kernel = createKernel({
    store,
    clock,
    digest: createDigest(),
    random: seededRandom(1),
    keyIndex: createKeyIndex({ pool, store }),
    snapshots: createPostgresSnapshotStore(pool),
  });
  const stock = kernel.lanes(stockKind, () => benchPolicy);
  let ids = 0;
  return {
    kernel,
    store,
    pool,
    stock,
    send: async (sku, command) => {
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
    },
    close: async () => {
      await kernel.stop();
      await store.close();
      await pool.end();
    },
  };
};

/** A bench waits longer than a caller of the service would: what is too slow shall show as a number, not as an error. */
const commandMillisMax = 60_000;

let receipts = 0;

/** Opens a SKU with stock for everybody. */
export const receive = (ledger: BenchLedger, sku: string): Promise<void> =>
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

export const reserve = (ledger: BenchLedger, sku: string, cart: string): Promise<void> =>
  ledger.send(sku, { kind: 'reserve', connection: shop, channel: 'web', cart, quantity: 1 });
