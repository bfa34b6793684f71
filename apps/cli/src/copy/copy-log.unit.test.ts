import { describe, expect, it } from 'vitest';
import { canonicalOf, type EventStore, type RecordedEvent, type SealedEvent } from '#event-sourcing';
import { createMemoryStore } from '#event-store/memory';
import { createDigest } from '#platform';
import { anyEvent, noHead, sealAll } from '#testing';
import { copyLog, type CopyLogOptions } from './copy-log.js';
import { DamagedSourceError, OtherTargetError } from './errors.js';
import { readLog } from './read-log.js';
import { eventIdAt, samePlaces } from './same-places.js';

const digest = createDigest();

/** So many events, one by one, whose streams take turns in no order that a grouping could guess. */
const fill = async (store: EventStore, count: number, streams = ['stock-A', 'stock-B', 'order-web-1']) => {
  const heads = new Map<string, SealedEvent>();
  for (let number = 0; number < count; number += 1) {
    const stream = streams[(number * number + (number >> 2)) % streams.length]!;
    const head = heads.get(stream);
    const [event] = sealAll(stream, [anyEvent('Numbered', { number })], head ?? noHead);
    await store.append([{ stream, expectedRevision: head?.revision ?? -1, events: [event!] }]);
    heads.set(stream, event!);
  }
};

const eventsOf = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of readLog(store)) events.push(event);
  return events;
};

const bare = ({ position: _position, ...event }: RecordedEvent) => ({ ...event, canonical: canonicalOf(event) });

const copy = (from: EventStore, to: EventStore, more: Partial<CopyLogOptions> = {}) =>
  copyLog({ from, to, digest, dryRun: false, ...more });

const expectSame = async (to: EventStore, from: EventStore): Promise<void> =>
  expect((await eventsOf(to)).map(bare)).toEqual((await eventsOf(from)).map(bare));

/** As a store that takes one stream at a time. */
const singly = (store: EventStore): EventStore => ({
  ...store,
  capabilities: { ...store.capabilities, appendsManyStreams: false },
  append: (writes) => {
    if (writes.length > 1) throw new Error('one at a time');
    return store.append(writes);
  },
});

describe('a copy', () => {
  it.each([
    ['one stream at a time', singly],
    ['many streams at once', (store: EventStore) => store],
  ])('has every event in the order of the log, written %s', async (_, as) => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 1_234);
    expect(await copy(from, as(to))).toMatchObject({ events: 1_234, there: 0, copied: 1_234 });
    await expectSame(to, from);
  });

  it('of nothing is nothing', async () => {
    expect(await copy(createMemoryStore(), createMemoryStore())).toMatchObject({ events: 0, copied: 0 });
  });

  it('goes on where it stopped', async () => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 60);
    let appends = 0;
    const dying: EventStore = {
      ...singly(to),
      append: (writes) => ((appends += 1) > 10 ? Promise.reject(new Error('gone')) : to.append(writes)),
    };
    await expect(copy(from, dying)).rejects.toThrow('gone');
    const { there, copied } = await copy(from, to);
    expect([there > 0, copied > 0, there + copied]).toEqual([true, true, 60]);
    await expectSame(to, from);
    expect(await copy(from, to)).toMatchObject({ there: 60, copied: 0 });
  });

  it('tried dry writes nothing and says what it would', async () => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 20);
    expect(await copy(from, to, { dryRun: true })).toMatchObject({ events: 20, there: 0, copied: 20 });
    expect(await eventsOf(to)).toEqual([]);
  });
});

describe('what is refused', () => {
  it('a target that holds other events, and writes nothing to it', async () => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 20);
    await fill(to, 5, ['stock-C']);
    await expect(copy(from, to)).rejects.toBeInstanceOf(OtherTargetError);
    expect(await eventsOf(to)).toHaveLength(5);
  });

  it('a target that has gone on by itself', async () => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 20);
    await fill(to, 21);
    await expect(copy(from, to)).rejects.toThrow('it goes on with');
  });

  it('a source whose event was edited, from that event on', async () => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 20);
    const edited: EventStore = {
      ...from,
      subscribe: async function* (after, options) {
        for await (const batch of from.subscribe(after, options))
          yield {
            ...batch,
            events: batch.events.map((event) => (event.data['number'] === 7 ? { ...event, type: 'Forged' } : event)),
          };
      },
    };
    await expect(copy(edited, to)).rejects.toBeInstanceOf(DamagedSourceError);
    expect((await eventsOf(to)).every(({ data }) => Number(data['number']) < 7)).toBe(true);
  });

  it('control: a target that loses an event is found', async () => {
    const [from, to] = [createMemoryStore(), createMemoryStore()];
    await fill(from, 20);
    const lossy: EventStore = {
      ...to,
      append: (writes) => to.append(writes.filter(({ stream }) => stream !== 'stock-B')),
    };
    await expect(copy(from, lossy)).rejects.toThrow('events of 20');
  });
});

it('places are found by the event, whatever the positions are', async () => {
  const [from, to] = [createMemoryStore(), createMemoryStore()];
  await fill(from, 10);
  await copy(from, to);
  const [, second] = await eventsOf(from);
  const places = await samePlaces(from, to, [second!.position, '99999999999999999999', '0']);
  expect(places.get(second!.position)).toEqual({
    ...{ former: second!.position, eventId: second!.eventId },
    now: (await eventsOf(to))[1]!.position,
  });
  expect(places.get('99999999999999999999')?.eventId).toBe((await eventsOf(from)).at(-1)!.eventId);
  expect(places.has('0')).toBe(false);
  expect([await eventIdAt(to, second!.position), await eventIdAt(to, '99999999999999999999')]).toEqual([
    second!.eventId,
    undefined,
  ]);
});
