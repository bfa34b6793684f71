import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '#event-store/memory';
import { NO_STREAM, type AppendOutcome, type EventStore, type LogBatch, type Write } from '#event-sourcing';
import { eventStoreChecks, sceneOf } from './event-store-contract.js';

/** A store that is right but for one thing. */
const broken = (change: (store: EventStore) => Partial<EventStore>): EventStore => {
  const store = createMemoryStore();
  return { ...store, ...change(store) };
};

/** Moves events to where the stream stands, whatever the writer had seen. */
const atTheEnd = async (store: EventStore, write: Write): Promise<Write> => {
  const [events = []] = await store.read([{ stream: write.stream, from: 0 }], 1_000_000);
  const revision = events.length + NO_STREAM;
  const moved = write.events.map((event, index) => ({ ...event, revision: revision + 1 + index }));
  const canonical = (event: (typeof moved)[number]) => ({ ...event, canonical: JSON.stringify(event) });
  return { stream: write.stream, expectedRevision: revision, events: moved.map(canonical) };
};

const force = async (store: EventStore, write: Write): Promise<AppendOutcome> => {
  for (;;) {
    const [outcome] = await store.append([await atTheEnd(store, write)]);
    if (outcome?.kind === 'appended') return outcome;
  }
};

const loseOne = (batch: LogBatch): LogBatch => ({
  ...batch,
  events: batch.events.map((event, index) => (event.revision === 2 ? (batch.events[index - 1] ?? event) : event)),
});

const mapBatches = (store: EventStore, change: (batch: LogBatch) => LogBatch): EventStore['subscribe'] =>
  async function* (after, options) {
    for await (const batch of store.subscribe(after, options)) yield change(batch);
  };

const stores: Readonly<Record<string, { readonly store: () => EventStore; readonly found: string }>> = {
  'ignores the expected revision': {
    store: () => broken((store) => ({ append: (writes) => Promise.all(writes.map((write) => force(store, write))) })),
    found: 'expectsExactRevisions oneRacerWinsEachRevision racersAllArriveInOneChain',
  },
  'loses an event in a subscription and repeats its neighbour': {
    store: () => broken((store) => ({ subscribe: mapBatches(store, loseOne) })),
    found: 'followsPrefixes followsFromAnyPosition followsWhileOthersAppend',
  },
  'delivers out of order': {
    store: () =>
      broken((store) => ({
        subscribe: mapBatches(store, (batch) => ({ ...batch, events: [...batch.events].reverse() })),
      })),
    found: 'followsFromAnyPosition followsWhileOthersAppend',
  },
  'forgets the other writes after a conflict': {
    store: () =>
      broken((store) => ({
        append: async (writes) => {
          const heads = await store.read(
            writes.map(({ stream }) => ({ stream, from: 0 })),
            1_000_000,
          );
          const stale = writes.some(
            (write, index) => (heads[index]?.length ?? 0) + NO_STREAM !== write.expectedRevision,
          );
          return stale && writes.length > 1
            ? writes.map(() => ({ kind: 'conflict', tail: [], complete: false }))
            : store.append(writes);
        },
      })),
    found: 'writesAreIndependent',
  },
  'answers a conflict without its tail': {
    store: () =>
      broken((store) => ({
        append: async (writes) =>
          (await store.append(writes)).map((outcome) =>
            outcome.kind === 'conflict' ? { ...outcome, tail: [] } : outcome,
          ),
      })),
    found: 'conflictsCarryTheTail',
  },
  'stores a repetition once more': {
    store: () => broken((store) => ({ append: (writes) => Promise.all(writes.map((write) => force(store, write))) })),
    found: 'repetitionsStoreNothing',
  },
  'tells of no end where nothing of its own comes': {
    store: () =>
      broken((store) => ({
        subscribe: async function* (after, options) {
          for await (const batch of store.subscribe(after, options)) {
            if (batch.events.length === 0) return;
            yield { ...batch, after: batch.events.at(-1)?.position ?? batch.after };
          }
        },
      })),
    found: 'reachesTheEndByPrefix',
  },
  'leaves out the event at an included position': {
    store: () =>
      broken((store) => ({
        subscribe: (after, options) => store.subscribe(after, { ...options, inclusive: false }),
      })),
    found: 'beginsAtAnIncludedPosition',
  },
  'begins again at the beginning': {
    store: () => broken((store) => ({ subscribe: (_, options) => store.subscribe(undefined, options) })),
    found: 'followsFromAnyPosition resumesAfterEachBatch',
  },
};

describe('the contract finds a store that', () => {
  for (const [what, { store, found }] of Object.entries(stores)) {
    for (const title of found.split(' ')) {
      it(`${what}: ${title}`, async () => {
        const check = eventStoreChecks[title]!;
        await expect(check(sceneOf({ store: createMemoryStore() }))).resolves.toBeUndefined();
        await expect(check(sceneOf({ store: store() }))).rejects.toThrow();
      });
    }
  }
});
