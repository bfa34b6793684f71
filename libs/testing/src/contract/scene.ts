import assert from 'node:assert/strict';
import type {
  AppendOutcome,
  DomainEvent,
  EventStore,
  Position,
  RecordedEvent,
  SubscribeOptions,
  Write,
} from '#event-sourcing';
import { anyEvent, noHead, sealAll, type Head } from '../sealed-events.js';

/**
 * What a check of the contract works on: a store that may hold other events already, and names of streams that nobody
 * else uses. `peers` are other instances on the same log (other processes): the store itself where there are none.
 */
export type Scene = {
  readonly store: EventStore;
  readonly peers: readonly EventStore[];
  readonly stream: (name?: string) => string;
};

/** One promise of the port. Resolves when the store keeps it; rejects with what is wrong. */
export type Check = (scene: Scene) => Promise<void>;

/** How long a subscription may take to deliver what is already stored. */
const deliveryMillisMax = 20_000;

export const write = (stream: string, events: readonly DomainEvent[], head: Head = noHead): Write => ({
  stream,
  expectedRevision: head.revision,
  events: sealAll(stream, events, head),
});

export const numbered = (count: number, from = 0): readonly DomainEvent[] =>
  Array.from({ length: count }, (_, index) => anyEvent('Numbered', { number: from + index }));

export const appendOne = async (store: EventStore, one: Write): Promise<AppendOutcome> => {
  const outcomes = await store.append([one]);
  assert.equal(outcomes.length, 1, 'one outcome per write');
  return outcomes[0] as AppendOutcome;
};

/** Appends in writes of this size and answers the sealed events' head. */
export const fill = async (store: EventStore, stream: string, count: number, writeEventsMax = 500): Promise<Head> => {
  let head = noHead;
  for (let done = 0; done < count; done += writeEventsMax) {
    const piece = write(stream, numbered(Math.min(writeEventsMax, count - done), done), head);
    assert.equal((await appendOne(store, piece)).kind, 'appended');
    head = piece.events.at(-1) ?? head;
  }
  return head;
};

export const readAll = async (store: EventStore, stream: string): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (;;) {
    const [page = []] = await store.read([{ stream, from: events.length }]);
    if (page.length === 0) return events;
    events.push(...page);
  }
};

/** Reads a subscription until `isEnough` says so. Fails after `deliveryMillisMax`. */
export const follow = async (
  store: EventStore,
  after: Position | undefined,
  isEnough: (events: readonly RecordedEvent[]) => boolean,
  options: Omit<SubscribeOptions, 'signal'> = {},
): Promise<readonly RecordedEvent[]> => {
  const deadline = AbortSignal.timeout(deliveryMillisMax);
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe(after, { ...options, signal: deadline })) {
    events.push(...batch.events);
    if (isEnough(events)) return events;
  }
  return assert.fail(`only ${events.length} events were delivered in ${deliveryMillisMax} ms`);
};

export const idsOf = (events: readonly { readonly eventId: string }[]): readonly string[] =>
  events.map(({ eventId }) => eventId);

export const assertRejects = async (call: () => Promise<unknown>, message: string): Promise<void> => {
  const stored = await call().then(
    () => true,
    () => false,
  );
  assert.equal(stored, false, message);
};
