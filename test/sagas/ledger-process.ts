import type { BundleComponent } from '#atp';
import { createKernel, plus, type EventStore, type Instant, type Lanes } from '#event-sourcing';
import { createMemoryKeyIndex, createMemoryStore, type MemoryStore } from '#event-store/memory';
import { orderKind, type OrderCommand, type OrderRefusal, type OrderState } from '#orders';
import {
  emptyBook,
  listingKind,
  type ListingState,
  type MapListing,
  type PolicyBook,
  type PolicyRefusal,
} from '#policies';
import {
  assemblyKind,
  stockKind,
  type Balances,
  type ReceiveStock,
  type StockCommand,
  type StockRefusal,
  type StockState,
} from '#stock';
import { manualClock, plainDigest, seededRandom } from '#testing';
import type { AssemblyDeskDeps } from '../../apps/ledger/src/assemblies/assembly-desk.js';
import type { Caller } from '../../apps/ledger/src/caller.js';
import {
  createDeliveries,
  createOrderDesk,
  createResolutionDesk,
  lineIn,
  type OrderDesk,
  type OrderDeskDeps,
} from '../../apps/ledger/src/orders/index.js';
import { holdIn, type CartDeskDeps } from '../../apps/ledger/src/reservations/index.js';

/** What the tests of sagas share: a ledger's write side in one process on a store in memory, with one channel. */

export const book: PolicyBook = {
  ...emptyBook,
  channels: new Map([
    [
      'web',
      {
        channel: 'web',
        connection: 'shop',
        locations: ['wh1'],
        reservationTtlMillis: 900_000,
        splitCarts: false,
        revision: 0,
      },
    ],
  ]),
  locations: new Map([
    [
      'wh1',
      {
        location: 'wh1',
        author: 'wms',
        authors: { issue: 'shop', return: 'shop' },
        kind: 'own',
        state: 'open',
        revision: 0,
      },
    ],
  ]),
};

/** The book with a recipe more, or another one: SKU and units of each component. */
export const withRecipe = (before: PolicyBook, sku: string, ...components: readonly BundleComponent[]): PolicyBook => {
  const revision = (before.bundles.get(sku)?.revision ?? -1) + 1;
  return { ...before, bundles: before.bundles.with(sku, { sku, components, revision }) };
};

export type StockLanes = Lanes<StockState, StockCommand, StockRefusal>;

/** One process: its own kernel, caches and memory of deliveries. Several may share a store. */
export type Process = {
  readonly assemblies: AssemblyDeskDeps<StockState>['assemblies'];
  readonly orders: Lanes<OrderState, OrderCommand, OrderRefusal>;
  readonly listings: Lanes<ListingState, MapListing, PolicyRefusal>;
  readonly stock: StockLanes;
  readonly deskDeps: OrderDeskDeps<StockState>;
  readonly desk: OrderDesk;
  readonly carts: CartDeskDeps<StockState>;
};

export const clock = manualClock('2026-03-01T12:00:00.000Z', { selfWinding: true });
export const stockStream = (sku: string): string => `stock-${sku}`;

export const startProcess = (store: EventStore, policies: () => PolicyBook = () => book): Process => {
  const resolutions = createResolutionDesk();
  const kernel = createKernel({
    store,
    clock,
    digest: plainDigest,
    random: seededRandom(7),
    keyIndex: createMemoryKeyIndex(),
  });
  const stock = kernel.lanes(stockKind, policies);
  const listings = kernel.lanes(listingKind, policies);
  const orders = kernel.lanes(orderKind, () => ({ ...policies(), resolutionsOf: resolutions.pickUp }));
  const deskDeps = {
    orders,
    listings,
    stock,
    resolutions,
    stockStream,
    lineIn,
    deliveries: createDeliveries(),
    digest: plainDigest,
  };
  const assemblies = kernel.lanes(assemblyKind, policies);
  return {
    assemblies,
    orders,
    listings,
    stock,
    deskDeps,
    desk: createOrderDesk(deskDeps),
    carts: { stock, stockStream, holdIn, clock },
  };
};

export const freshStore = (): MemoryStore => createMemoryStore();

export const callerWith = (
  commandId: string,
  connection = 'shop',
  deadline: Instant = plus(clock.now(), 2_000),
): Caller => ({
  commandId,
  source: { connection },
  actor: 'k1',
  correlationId: commandId,
  deadline,
});

/** Goods arrive at wh1. */
export const receive = async ({ stock }: Process, sku: string, quantity: number, document = 'd1'): Promise<void> => {
  const command: ReceiveStock = {
    kind: 'receipt',
    connection: 'wms',
    sourceKey: document,
    sourceVersion: 1,
    occurredAt: clock.now(),
    hash: plainDigest.of(`${sku} ${quantity}`),
    location: 'wh1',
    quantity,
    bucket: 'sellable',
  };
  const outcome = await stock.execute({
    ...callerWith(document, 'wms'),
    stream: stockStream(sku),
    command,
    guard: 'key',
  });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
};

/** What stands in the store, read by nobody's cache. */
export const stateOf = async (store: EventStore, sku: string): Promise<StockState> => {
  const [at] = await startProcess(store).stock.load([stockStream(sku)]);
  if (at === undefined) throw new Error('a load answers for each stream');
  return at.state;
};

const balance = async (store: EventStore, sku: string, bucket: keyof Balances, location = 'wh1'): Promise<unknown> =>
  (await stateOf(store, sku)).balances.get(location)?.[bucket] ?? 0;

export const sellable = (store: EventStore, sku: string, location?: string) =>
  balance(store, sku, 'sellable', location);
export const committed = (store: EventStore, sku: string, location?: string) =>
  balance(store, sku, 'committed', location);
export const reserved = (store: EventStore, sku: string) => balance(store, sku, 'reserved');

/** How many events a stream has. */
export const lengthOf = async (store: EventStore, stream: string): Promise<number> =>
  (await store.read([{ stream, from: 0 }]))[0]?.length ?? 0;
