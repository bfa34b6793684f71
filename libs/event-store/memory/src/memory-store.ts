import {
  assertWrites,
  positionOf,
  StoreUnavailableError,
  UnknownOutcomeError,
  type AppendOutcome,
  type EventStore,
  type EventStoreCapabilities,
  type Write,
} from '#event-sourcing';
import { createGate, type AppendFault, type Faults } from './faults.js';
import { createLog, type MemoryLog } from './memory-log.js';
import { createWakeUp, subscribeTo } from './memory-subscription.js';

/** The event store port in memory, with faults on demand. Deterministic: nothing happens in it but what the test does. */
export type MemoryStore = EventStore & { readonly faults: Faults };

export type MemoryStoreOptions = {
  /** How many events a conflict carries at most. */
  readonly tailEventsMax?: number;
  readonly capabilities?: Partial<EventStoreCapabilities>;
};

const readEventsMaxDefault = 1_000;
const capabilities: EventStoreCapabilities = { name: 'memory', contiguousPositions: true, appendsManyStreams: true };

export const createMemoryStore = (options: MemoryStoreOptions = {}): MemoryStore => {
  const log = createLog(options.tailEventsMax ?? 1_000);
  const wakeUp = createWakeUp();
  const trouble = createTrouble(log, wakeUp.notify);
  const { faults, appendGate, deliveryGate } = trouble;
  return {
    capabilities: { ...capabilities, ...options.capabilities },
    faults,
    append: async (writes) => {
      assertWrites(writes);
      await appendGate.passed();
      const outcomes = trouble.append(writes);
      wakeUp.notify();
      return Promise.resolve(outcomes);
    },
    read: async (reads, eventsMax = readEventsMaxDefault) => {
      trouble.beforeRead();
      return Promise.resolve(reads.map(({ stream, from }) => log.stream(stream, from, eventsMax)));
    },
    subscribe: (after, subscription) =>
      subscribeTo({ log, wakeUp, isOpen: deliveryGate.isOpen, before: trouble.beforeDelivery }, after, subscription),
    head: async () => {
      trouble.beforeCall();
      return Promise.resolve(log.size() === 0 ? undefined : positionOf(log.size()));
    },
  };
};

/** Everything that can go wrong, and the appends that it happens to. */
const createTrouble = (log: MemoryLog, notify: () => void) => {
  const planned: AppendFault[] = [];
  const late: (readonly Write[])[] = [];
  let isPoison: ((write: Write) => boolean) | undefined;
  const state = { away: false, readsToFail: 0, batchesToRepeat: 0 };
  const appendGate = createGate();
  const deliveryGate = createGate(notify);

  const beforeCall = (): void => {
    if (state.away) throw new StoreUnavailableError('the store is away');
  };
  const store = (writes: readonly Write[]): readonly AppendOutcome[] => writes.map((write) => log.append(write));
  const append = (writes: readonly Write[]): readonly AppendOutcome[] => {
    beforeCall();
    if (isPoison !== undefined && writes.some(isPoison)) throw new Error('a write cannot be stored');
    return appendUnder(planned.shift() ?? { kind: 'none' }, writes, { store, keep: (kept) => late.push(kept) });
  };
  const beforeRead = (): void => {
    beforeCall();
    if (state.readsToFail === 0) return;
    state.readsToFail -= 1;
    throw new StoreUnavailableError('a read failed');
  };
  /** How often the next batch is delivered. */
  const beforeDelivery = (): number => {
    beforeCall();
    if (state.batchesToRepeat === 0) return 1;
    state.batchesToRepeat -= 1;
    return 2;
  };
  const faults: Faults = {
    onAppend: (...next) => void planned.push(...next),
    release: () => {
      for (const writes of late.splice(0)) store(writes);
      notify();
    },
    poison: (predicate) => void (isPoison = predicate),
    away: (isAway) => {
      state.away = isAway;
      notify();
    },
    failReads: (count) => void (state.readsToFail = count),
    holdAppends: appendGate.hold,
    holdDelivery: deliveryGate.hold,
    duplicateDelivery: (count) => void (state.batchesToRepeat = count),
  };
  return { faults, append, beforeCall, beforeRead, beforeDelivery, appendGate, deliveryGate };
};

type Hands = {
  readonly store: (writes: readonly Write[]) => readonly AppendOutcome[];
  readonly keep: (writes: readonly Write[]) => void;
};

const appendUnder = (
  fault: AppendFault,
  writes: readonly Write[],
  { store, keep }: Hands,
): readonly AppendOutcome[] => {
  switch (fault.kind) {
    case 'none':
      return store(writes);
    case 'overtaken':
      store(fault.by(writes));
      return store(writes);
    case 'conflict_without_tail':
      return writes.map(() => ({ kind: 'conflict', tail: [], complete: false }));
    case 'stored_but_unknown':
      store(writes);
      throw new UnknownOutcomeError('the answer was lost');
    case 'lost':
      throw new UnknownOutcomeError('the request or the answer was lost');
    case 'stored_late':
      keep(writes);
      throw new UnknownOutcomeError('no answer in time');
    case 'unavailable':
      throw new StoreUnavailableError('refused for now');
    case 'broken':
      throw new Error('something else is wrong');
    default:
      return fault satisfies never;
  }
};
