import { expect, it } from 'vitest';
import { startEventStoreCluster } from '../../../../test/servers/eventstoredb/index.js';
import { problemsOf } from '../testing/check-history.js';
import { startSubscriber, startWriter } from '../testing/load.js';
import { storedIn, until } from '../testing/writes.js';
import { createEventStoreDbStore } from './event-store.js';

const elections = 10;
const names = ['stock-0', 'stock-1', 'stock-2', 'stock-3'];

it('a cluster whose leader is killed again and again is followed from leader to leader, and loses nothing', async () => {
  const ends: unknown[] = [];
  const note = (error: unknown): void => void ends.push(error);
  process.on('uncaughtException', note).on('unhandledRejection', note);
  const cluster = await startEventStoreCluster();
  const store = createEventStoreDbStore({ url: cluster.url, prefixes: ['stock-'], answerMsMax: 1_000 });
  const stop = new AbortController();
  const writers = names.map((name) => startWriter(store, name, stop.signal));
  const subscriber = startSubscriber(store, 'subscriber', undefined, stop.signal);
  for (let election = 0; election < elections; election++) {
    const before = [...writers.map(({ acknowledged }) => acknowledged.length), subscriber.ids.length];
    const [leader, next] = [cluster.nodes[election % 3], cluster.nodes[(election + 1) % 3]];
    if (leader === undefined || next === undefined) throw new Error('the cluster has three nodes');
    await cluster.kill(leader);
    cluster.elect(next);
    await until(() =>
      [...writers.map(({ acknowledged }) => acknowledged.length), subscriber.ids.length].every(
        (count, index) => count > (before[index] ?? 0) + 2,
      ),
    );
    await cluster.restart(leader);
  }
  stop.abort();
  await Promise.all(writers.map(({ stopped }) => stopped));
  expect(writers.flatMap(({ strange }) => strange)).toEqual([]);
  const streams = await Promise.all(names.map((name) => storedIn(store, name)));
  const acknowledged = writers.flatMap((writer) => writer.acknowledged);
  expect(problemsOf({ acknowledged, streams, subscribers: [{ ids: subscriber.ids, streams: names }] })).toEqual([]);
  expect(ends).toEqual([]);
  await store.close();
  await cluster.stop();
  process.off('uncaughtException', note).off('unhandledRejection', note);
});
