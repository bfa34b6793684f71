import assert from 'node:assert/strict';
import type { EventStore, Position, RecordedEvent } from '#event-sourcing';
import { appendOne, fill, follow, idsOf, numbered, readAll, write, type Check } from './scene.js';

/** From any position on: every event after it, none before, none skipped, in order; and the same for every subscriber. */
export const followsFromAnyPosition: Check = async ({ store, stream }) => {
  const after = await store.head();
  const names = [stream('one'), stream('two'), stream('three')];
  for (const name of names) await fill(store, name, 7, 3);
  const all = await follow(store, after, ofStreams(names, 21));
  assert.deepEqual(idsOf(all), idsOf(await inOrder(store, names)));
  for (const [index, event] of all.entries()) {
    const rest = all.slice(index + 1);
    if (rest.length === 0) continue;
    assert.deepEqual(idsOf(await follow(store, event.position, (events) => events.length >= rest.length)), idsOf(rest));
  }
};

const ofStreams =
  (names: readonly string[], count: number) =>
  (events: readonly RecordedEvent[]): boolean =>
    events.filter(({ stream }) => names.includes(stream)).length >= count;

const inOrder = async (store: EventStore, names: readonly string[]): Promise<readonly RecordedEvent[]> => {
  const events = (await Promise.all(names.map((name) => readAll(store, name)))).flat();
  return events.sort((a, b) => (a.position < b.position ? -1 : 1));
};

/** `after` of a batch is where the next one begins, also when a subscriber stops there and another one goes on. */
export const resumesAfterEachBatch: Check = async ({ store, stream }) => {
  const name = stream();
  const start = await store.head();
  await fill(store, name, 50, 7);
  const ids: string[] = [];
  let after = start;
  while (ids.length < 50) {
    const batch = await nextBatch(store, after, 6);
    assert.ok(batch.events.length <= 6, 'no batch is larger than asked');
    ids.push(...idsOf(batch.events));
    assert.notEqual(batch.after, after, 'a batch with events moves on');
    after = batch.after;
  }
  assert.deepEqual(ids, idsOf(await readAll(store, name)));
};

const nextBatch = async (store: EventStore, after: Position | undefined, batchEventsMax: number) => {
  for await (const batch of store.subscribe(after, { batchEventsMax, signal: AbortSignal.timeout(10_000) })) {
    if (batch.events.length > 0) return batch;
  }
  return assert.fail('no batch came');
};

/** Subscribers that start at different moments while others append see the same: nothing skipped, nothing out of order. */
export const followsWhileOthersAppend: Check = async ({ store, peers, stream }) => {
  const after = await store.head();
  const writers = Array.from({ length: 8 }, (_, index) => ({
    name: stream(`w${index}`),
    on: peers[index % peers.length] ?? store,
  }));
  const names = writers.map(({ name }) => name);
  const total = writers.length * appendsPerWriter;
  const append = async ({ name, on }: (typeof writers)[number]): Promise<void> => {
    await fill(on, name, appendsPerWriter, 1);
  };
  const watch = (): Promise<readonly RecordedEvent[]> =>
    follow(store, after, ofStreams(names, total), { batchEventsMax: 10 });
  const early = [watch(), watch()];
  await Promise.all(writers.map(append));
  const expected = idsOf(await inOrder(store, names));
  for (const seen of await Promise.all([...early, watch()])) {
    assert.deepEqual(idsOf(seen.filter((event) => names.includes(event.stream))), expected);
    if (store.capabilities.contiguousPositions) assertContiguous(seen);
  }
};
const appendsPerWriter = 25;

const assertContiguous = (events: readonly RecordedEvent[]): void => {
  for (const [index, event] of events.slice(1).entries()) {
    assert.equal(Number(event.position), Number(events[index]?.position) + 1, 'no position is missing');
  }
};

/** With prefixes only streams that begin with one of them, and still none of those skipped. */
export const followsPrefixes: Check = async ({ store, stream }) => {
  const after = await store.head();
  const [wanted, other, also] = [stream('wanted'), stream('other'), stream('also_%')];
  for (let index = 0; index < 5; index++) await fill(store, stream(`noise${index}`), 3);
  await fill(store, wanted, 3);
  await fill(store, other, 30);
  await fill(store, also, 2);
  const seen = await follow(store, after, (events) => events.length >= 5, {
    prefixes: [wanted, also],
    batchEventsMax: 4,
  });
  assert.deepEqual(
    seen.map((event) => `${event.stream}@${event.revision}`),
    [0, 1, 2].map((revision) => `${wanted}@${revision}`).concat([0, 1].map((revision) => `${also}@${revision}`)),
  );
};

/** What is appended to other streams moves a subscription on, too: it reaches the log's end though nothing comes for it. */
export const reachesTheEndByPrefix: Check = async ({ store, stream }) => {
  const start = await store.head();
  await fill(store, stream('wanted'), 2);
  await fill(store, stream('other'), 5);
  const signal = AbortSignal.timeout(10_000);
  let goal = (await store.head()) ?? '';
  let reached = 0;
  for await (const { after } of store.subscribe(start, { prefixes: [stream('wanted')], signal })) {
    if (after < goal) continue;
    reached += 1;
    if (reached === 3) break;
    await fill(store, stream(`other${reached}`), 3);
    goal = (await store.head()) ?? '';
  }
  assert.equal(reached, 3, 'a wait for the end of the log would never end');
};

/** A subscription that includes its position begins with the event there, as one that follows a checkpoint needs. */
export const beginsAtAnIncludedPosition: Check = async ({ store, stream }) => {
  const name = stream();
  await fill(store, name, 5);
  const stored = await readAll(store, name);
  for (const options of [{}, { prefixes: [name] }]) {
    const included = { ...options, inclusive: true };
    const [first] = await follow(store, stored[2]?.position, (events) => events.length > 0, included);
    assert.deepEqual(first, stored[2]);
    const seen = await follow(store, stored[2]?.position, (events) => events.length > 2, included);
    assert.deepEqual(idsOf(seen), idsOf(stored.slice(2)));
  }
};

/** A subscription waits at the end, is woken by the next append, and ends without an error when its signal aborts. */
export const waitsAndEndsOnAbort: Check = async ({ store, stream }) => {
  const after = await store.head();
  const stop = new AbortController();
  const seen: string[] = [];
  const watch = async (): Promise<void> => {
    for await (const { events } of store.subscribe(after, { signal: stop.signal })) {
      seen.push(...idsOf(events));
      if (events.length > 0) stop.abort();
    }
  };
  const watching = watch();
  const one = write(stream(), numbered(1));
  await appendOne(store, one);
  await watching;
  assert.deepEqual(seen, idsOf(one.events));
  for await (const batch of store.subscribe(undefined, { signal: stop.signal })) assert.equal(batch.events.length, 0);
};
