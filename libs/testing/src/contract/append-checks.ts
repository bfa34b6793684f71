import assert from 'node:assert/strict';
import { NO_STREAM, type EventStore, type RecordedEvent } from '#event-sourcing';
import type { Head } from '../sealed-events.js';
import { appendOne, assertRejects, fill, idsOf, numbered, readAll, write, type Check } from './scene.js';

/** What was appended is read back, event by event, with everything that belongs to it. */
export const keepsWhatWasAppended: Check = async ({ store, stream }) => {
  const name = stream();
  const one = write(name, numbered(3));
  const outcome = await appendOne(store, one);
  assert.deepEqual([outcome.kind, outcome.kind === 'appended' && outcome.revision], ['appended', 2]);
  const stored = await readAll(store, name);
  const whole = stored.map(({ position: _position, ...event }) => event);
  assert.deepEqual(
    whole,
    one.events.map(({ canonical: _canonical, ...event }) => event),
  );
};

/** Only the exact revision will do: not a lower, not a higher one, not "none" where there is one, nor the reverse. */
export const expectsExactRevisions: Check = async ({ store, stream }) => {
  const name = stream();
  const head = await fill(store, name, 3);
  for (const revision of [NO_STREAM, 0, 1, 3, 10]) {
    const outcome = await appendOne(store, write(name, numbered(1), { ...head, revision }));
    assert.equal(outcome.kind, 'conflict', `expected revision ${revision} where 2 is the last`);
  }
  const unopened = stream('unopened');
  assert.equal((await appendOne(store, write(unopened, numbered(1), { ...head, revision: 0 }))).kind, 'conflict');
  assert.equal((await readAll(store, name)).length, 3);
  assert.equal((await readAll(store, unopened)).length, 0);
};

/** A conflict answers with the events since; where there are too many, with the first of them and `complete` false. */
export const conflictsCarryTheTail: Check = async ({ store, stream }) => {
  const name = stream();
  const seen = await fill(store, name, 2);
  await fillOn(store, name, seen, 3);
  const near = await appendOne(store, write(name, numbered(1), seen));
  assert.ok(near.kind === 'conflict' && near.complete, 'five events are not too many for a tail');
  assert.deepEqual(
    near.tail.map(({ revision }) => revision),
    [2, 3, 4],
  );
  assert.deepEqual(near.tail, (await readAll(store, name)).slice(2));
  const long = stream('long');
  await fill(store, long, 2_500);
  const far = await appendOne(store, write(long, numbered(1, 9_000)));
  assert.ok(far.kind === 'conflict');
  assertHonestTail(far.tail, far.complete, await readAll(store, long));
};

const assertHonestTail = (tail: readonly RecordedEvent[], complete: boolean, all: readonly RecordedEvent[]): void => {
  assert.equal(complete, tail.length === all.length, 'complete exactly when nothing is left to read');
  assert.deepEqual(idsOf(tail), idsOf(all.slice(0, tail.length)));
};

const fillOn = async (store: EventStore, name: string, head: Head, count: number): Promise<void> => {
  assert.equal((await appendOne(store, write(name, numbered(count, 2), head))).kind, 'appended');
};

/**
 * The very same write again, as after an answer that was lost, stores nothing: it is told that its events stand there
 * already, or that somebody was first, with them as the tail. So is the first part of it alone.
 */
export const repetitionsStoreNothing: Check = async ({ store, stream }) => {
  const name = stream();
  const one = write(name, numbered(3));
  const first = await appendOne(store, one);
  for (const events of [one.events, one.events.slice(0, 2)]) {
    const again = await appendOne(store, { ...one, events });
    if (again.kind === 'appended') assert.equal(again.revision, events.at(-1)?.revision);
    else assert.deepEqual(idsOf(again.tail), idsOf(one.events));
    if (again.kind === 'appended' && events === one.events) assert.deepEqual(again, first);
  }
  assert.deepEqual(idsOf(await readAll(store, name)), idsOf(one.events));
};

/** Writes of one append do not depend on each other: a conflict in one leaves the others alone. */
export const writesAreIndependent: Check = async ({ store, stream }) => {
  const [stale, first, second] = [stream('stale'), stream('first'), stream('second')];
  await fill(store, stale, 1);
  const outcomes = await store.append([
    write(first, numbered(2)),
    write(stale, numbered(1, 7)),
    write(second, numbered(1)),
  ]);
  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['appended', 'conflict', 'appended'],
  );
  const [ofFirst = [], ofStale = [], ofSecond = []] = await store.read(
    [first, stale, second].map((name) => ({ stream: name, from: 0 })),
  );
  assert.deepEqual([ofFirst.length, ofStale.length, ofSecond.length], [2, 1, 1]);
};

/** Our own bugs throw, and nothing of their append is stored: no events, one stream twice, revisions that do not follow. */
export const refusesOurOwnBugs: Check = async ({ store, stream }) => {
  const [name, neighbour] = [stream('bug'), stream('neighbour')];
  const good = write(neighbour, numbered(1));
  const bad = {
    'a write of no events': [{ stream: name, expectedRevision: NO_STREAM, events: [] }],
    'one stream twice': [write(name, numbered(1)), write(name, numbered(1))],
    'a revision left out': [{ ...write(name, numbered(1)), expectedRevision: 4 }],
    'an event of another stream': [{ ...write(stream('other'), numbered(1)), stream: name }],
  };
  for (const [what, writes] of Object.entries(bad)) {
    await assertRejects(() => store.append([good, ...writes]), `${what} must throw`);
  }
  const [ofBug = [], ofNeighbour = []] = await store.read([name, neighbour].map((one) => ({ stream: one, from: 0 })));
  assert.deepEqual([ofBug.length, ofNeighbour.length], [0, 0], 'nothing of a refused append is stored');
};

/** Positions are strings that compare, grow with every append, and (where declared) have no gaps within the whole log. */
export const positionsGrow: Check = async ({ store, stream }) => {
  const [one, two] = [stream('one'), stream('two')];
  const outcomes = [
    ...(await store.append([write(one, numbered(3)), write(two, numbered(2))])),
    ...(await store.append([write(stream('three'), numbered(1))])),
  ];
  const ends = outcomes.map((outcome) => (outcome.kind === 'appended' ? outcome.position : assert.fail('conflict')));
  assert.deepEqual([...ends].sort().at(-1), ends.at(-1), 'a later append has the higher position');
  for (const [index, name] of [one, two].entries()) assertPositions(await readAll(store, name), ends[index] ?? '');
  assert.equal(await store.head(), ends.at(-1), 'the head is the last event');
  if (store.capabilities.contiguousPositions) assertContiguous(await readAll(store, one));
};

const assertContiguous = (events: readonly RecordedEvent[]): void => {
  for (const [index, event] of events.slice(1).entries()) {
    assert.equal(Number(event.position), Number(events[index]?.position) + 1, 'one write stands in one piece');
  }
};

const assertPositions = (events: readonly RecordedEvent[], last: string): void => {
  const positions = events.map(({ position }) => position);
  for (const position of positions) assert.match(position, /^\d{20}$/, 'twenty digits');
  assert.deepEqual([...positions].sort(), positions, 'in the order of the stream');
  assert.equal(new Set(positions).size, positions.length);
  assert.equal(positions.at(-1), last, 'the outcome names the position of its last event');
};
