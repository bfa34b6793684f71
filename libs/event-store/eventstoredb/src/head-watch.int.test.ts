import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Position } from '#event-sourcing';
import { type FaultyServer, startFaultyServer } from '../testing/server.js';
import { lastOf, until, writeOf } from '../testing/writes.js';

/* A server that we share with somebody who writes much while we are quiet. */

let faulty: FaultyServer;
let neighbour: EventStoreDBClient;
beforeEach(async () => {
  faulty = await startFaultyServer();
  neighbour = EventStoreDBClient.connectionString(faulty.server.url);
});
afterEach(async () => {
  await neighbour.dispose();
  await faulty.stop();
});

const foreignMax = 2_000;
const neighbourWrites = async (count: number): Promise<void> => {
  const events = Array.from({ length: count }, () => jsonEvent({ type: 'Foreign', data: {} }));
  await neighbour.appendToStream('basket-1', events);
};
const head = async (): Promise<Position | undefined> => faulty.store.head();
const costOf = async (work: () => Promise<unknown>) => {
  const before = await faulty.server.costs();
  await work();
  const after = await faulty.server.costs();
  return { reads: after.reads - before.reads, given: after.given - before.given };
};

describe('the head of a log behind which a neighbour writes', () => {
  it('is ours, and none of his is read for it', async () => {
    const [outcome] = await faulty.store.append([writeOf('stock-A', 3)]);
    const ours = outcome?.kind === 'appended' ? outcome.position : '';
    await neighbourWrites(foreignMax);
    const first = await costOf(async () => expect(await head()).toBe(ours));
    expect(first.given, 'the end, and ours').toBeLessThanOrEqual(2);
    await neighbourWrites(foreignMax);
    const again = await costOf(async () => expect(await head()).toBe(ours));
    expect(again.given, 'the end, and where we looked last').toBeLessThanOrEqual(2);
    const naive = await costOf(async () => {
      for await (const { event } of neighbour.readAll({
        direction: 'backwards',
        fromPosition: 'end',
        maxCount: 2 * foreignMax + 10,
      }))
        if (event?.streamId === 'stock-A') break;
    });
    expect(naive.given, 'control: whoever reads back to ours is given all of his').toBeGreaterThan(foreignMax);
  });

  it('moves with ours, wherever that comes among his', async () => {
    expect(await head()).toBeUndefined();
    await neighbourWrites(5);
    expect(await head()).toBeUndefined();
    let last = writeOf('stock-A');
    for (const before of [0, 1, 5]) {
      await neighbourWrites(before + 1);
      const [outcome] = await faulty.store.append([last]);
      const ours = outcome?.kind === 'appended' ? outcome.position : '';
      expect(await head()).toBe(ours);
      await neighbourWrites(before + 1);
      expect(await head()).toBe(ours);
      expect(await faulty.open().head(), 'and to somebody who comes anew').toBe(ours);
      last = writeOf('stock-A', 1, lastOf(last));
    }
  });

  it('is asked for once in a moment by all subscriptions that wait, however much he writes', async () => {
    const { store, server } = faulty;
    await store.append([writeOf('stock-A'), writeOf('order-A')]);
    const abort = new AbortController();
    const followers = Array.from({ length: 8 }, async () => {
      const batches = store.subscribe(undefined, { prefixes: ['order-'], signal: abort.signal });
      for await (const _ of batches);
    });
    await neighbourWrites(foreignMax);
    // All of them have come to the end and wait.
    const begun = await server.costs();
    await until(async () => (await server.costs()).reads > begun.reads + 4);
    const startedAt = performance.now();
    const cost = await costOf(async () => {
      const from = (await server.costs()).reads;
      await until(async () => {
        await neighbourWrites(20);
        return (await server.costs()).reads > from + 8;
      });
    });
    const polls = (performance.now() - startedAt) / 125 + 1;
    expect(cost.given).toBeLessThanOrEqual(2 * cost.reads);
    expect(cost.reads, 'two questions at most in each moment').toBeLessThanOrEqual(2 * polls + 8);
    abort.abort();
    await Promise.all(followers);
  });
});
