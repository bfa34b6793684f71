import { startLedger, memoryCheckpoint, type Ledger } from '#apps/ledger';
import type { BackorderPolicy } from '#atp';
import { StoreUnavailableError, type EventStore, type KeyIndex, type RecordedEvent } from '#event-sourcing';
import { createMemoryKeyIndex, createMemorySnapshots, createMemoryStore, type MemoryStore } from '#event-store/memory';
import { factsOf, undoneBy, type StockEvent } from '#stock';
import { manualClock, plainDigest, seededRandom, type ManualClock } from '#testing';
import type { AuditedChannel } from './auditor/channel.js';

/** Small on purpose: states are evicted, ids and facts forgotten, snapshots taken and thrown away all the time. */
const bounds = {
  cachedStatesMax: 6,
  rememberedKeysMax: 60,
  rememberedIdsPerStreamMax: 8,
  eventsPerSnapshot: 15,
  readEventsMax: 7,
  loadedStreamsMax: 3,
  commandsPerStreamMax: 5,
  eventsPerStreamMax: 12,
  aheadCommandsMin: 1,
};

export const locations = ['wh1', 'wh2'] as const;
export const channels: readonly (AuditedChannel & {
  readonly connection: string;
  readonly splitCarts: boolean;
  readonly backorder?: BackorderPolicy;
})[] = [
  { channel: 'web', connection: 'shop', locations: ['wh1', 'wh2'], splitCarts: false, backorder: { horizonDays: 2 } },
  { channel: 'b2b', connection: 'desk', locations: ['wh2'], splitCarts: true },
];

/** One process of the ledger. Killed, it hears nothing more from the store and the store nothing more from it. */
export type Process = { readonly ledger: Ledger; readonly kill: () => void };

export type World = {
  readonly store: MemoryStore;
  readonly clock: ManualClock;
  readonly random: () => number;
  readonly start: () => Promise<Process>;
  /** The index learns of some more events, or of none: it lags as it likes. */
  readonly indexSome: () => Promise<void>;
  readonly events: () => Promise<readonly RecordedEvent[]>;
};

const mortal = (store: EventStore): { readonly store: EventStore; readonly kill: () => void } => {
  const life = { isOver: false };
  const isOver = (): boolean => life.isOver;
  const never = new Promise<never>(() => undefined);
  const alive = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (isOver()) return never;
    const result = await work();
    return isOver() ? never : result;
  };
  return {
    kill: () => void (life.isOver = true),
    store: {
      capabilities: store.capabilities,
      append: (writes) => alive(() => store.append(writes)),
      read: (streams, eventsMax) => alive(() => store.read(streams, eventsMax)),
      head: () => alive(() => store.head()),
      subscribe: async function* (after, options) {
        for await (const batch of store.subscribe(after, options)) {
          if (isOver()) await never;
          yield batch;
          if (isOver()) await never;
        }
      },
    },
  };
};

const readAll = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const head = await store.head();
  if (head === undefined) return [];
  const abort = new AbortController();
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe(undefined, { signal: abort.signal })) {
    events.push(...batch.events);
    if (batch.after >= head) break;
  }
  abort.abort();
  return events;
};

const asStock = ({ type, data, metadata }: RecordedEvent): StockEvent =>
  ({ type, data, occurredAt: metadata.occurredAt }) as unknown as StockEvent;

const createIndex = () =>
  createMemoryKeyIndex({
    undoneBy: (event) => (event.stream.startsWith('stock-') ? undoneBy(asStock(event)) : undefined),
    factsOf: (event) =>
      event.stream.startsWith('stock-')
        ? factsOf(asStock(event)).map(({ key, record, standsAbove }) => ({ key, fact: record, open: standsAbove > 0 }))
        : [],
  });

/** Ports of the product, as a simulated mistake would have them. */
export type Product = {
  readonly keyIndex?: (index: KeyIndex) => KeyIndex;
  readonly store?: (store: EventStore) => EventStore;
  readonly backstop?: (store: EventStore) => BackstopCheckpoint;
};
type BackstopCheckpoint = ReturnType<typeof memoryCheckpoint>;

export const createWorld = (seed: number, product: Product = {}): World => {
  const random = seededRandom(seed);
  const store = createMemoryStore({ tailEventsMax: 5 });
  const clock = manualClock('2026-03-01T09:00:00.000Z', { selfWinding: true });
  const keyIndex = createIndex();
  const snapshots = createMemorySnapshots();
  let indexed = 0;
  const backstop = product.backstop?.(store) ?? memoryCheckpoint();
  const asked = product.keyIndex?.(keyIndex) ?? keyIndex;
  return {
    store,
    clock,
    random,
    events: () => readAll(store),
    indexSome: async () => {
      const events = await readAll(store);
      const until = indexed + Math.floor(random() * (events.length - indexed + 1));
      keyIndex.take(events.slice(indexed, until));
      indexed = until;
    },
    start: async () => {
      const own = mortal(product.store?.(store) ?? store);
      const ledger = await startLedger({
        ...{ store: own.store, clock, digest: plainDigest, random, keyIndex: asked, snapshots, bounds, backstop },
        onTrouble: (what, error) => {
          if (!(error instanceof StoreUnavailableError)) throw new Error(`${what} failed`, { cause: error });
        },
      });
      return { ledger, kill: own.kill };
    },
  };
};
