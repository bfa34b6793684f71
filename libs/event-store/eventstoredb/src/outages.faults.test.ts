import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemsOf } from '../testing/check-history.js';
import { startSubscriber, startWriter, type Subscriber, type Writer } from '../testing/load.js';
import { type FaultyServer, startFaultyServer } from '../testing/server.js';
import { storedIn } from '../testing/writes.js';

const times = 20;
const writersCount = 8;
/** How soon writers and subscribers go on once the server is there again. */
const recoveryMsMax = 5_000;
/** The store gives an append up after so long: a stopped server is stopped for longer. */
const answerMsMax = 600;
const silenceMs = 900;
const downMs = 200;

/** Of each subscriber; undefined: all. */
const followedBy = [undefined, ['stock-1', 'stock-2']];

const sleep = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

const within = async (what: string, millis: number, holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + millis;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${millis} ms`);
    await sleep(10);
  }
};

let faulty: FaultyServer;
let stop: AbortController;
let writers: readonly Writer[];
let subscribers: readonly Subscriber[];
const ends: unknown[] = [];
const note = (error: unknown): void => void ends.push(error);

beforeEach(async () => {
  ends.length = 0;
  process.on('uncaughtException', note).on('unhandledRejection', note);
  faulty = await startFaultyServer({ runs: 'child' }, answerMsMax);
  stop = new AbortController();
  writers = Array.from({ length: writersCount }, (_, index) =>
    startWriter(faulty.store, `stock-${index}`, stop.signal),
  );
  subscribers = followedBy.map((prefixes, index) =>
    startSubscriber(faulty.open(), `subscriber-${index}`, prefixes, stop.signal),
  );
});
afterEach(async () => {
  stop.abort();
  await faulty.stop();
  process.off('uncaughtException', note).off('unhandledRejection', note);
});

/** All of them have done something since. */
const goOn = async (round: string): Promise<void> => {
  const before = writers.map(({ acknowledged }) => acknowledged.length);
  const seen = subscribers.map(({ ids }) => ids.length);
  await within(round, recoveryMsMax, () => {
    const areWriting = writers.every(({ acknowledged }, index) => acknowledged.length > (before[index] ?? 0));
    return areWriting && subscribers.every(({ ids }, index) => ids.length > (seen[index] ?? 0));
  });
};

const settle = async (): Promise<void> => {
  stop.abort();
  await Promise.all(writers.map(({ stopped }) => stopped));
  const names = writers.map(({ stream }) => stream);
  expect(writers.flatMap(({ strange }) => strange)).toEqual([]);
  expect(ends).toEqual([]);
  const problems = problemsOf({
    acknowledged: writers.flatMap(({ acknowledged }) => acknowledged),
    streams: await Promise.all(names.map((name) => storedIn(faulty.store, name))),
    subscribers: subscribers.map(({ ids }, index) => ({ ids, streams: followedBy[index] ?? names })),
  });
  expect(problems).toEqual([]);
};

describe('under load, twenty times over', () => {
  const faults: Readonly<Record<string, (server: FaultyServer['server']) => Promise<void>>> = {
    killed: async (server) => {
      await server.kill();
      await sleep(downMs);
      await server.restart();
    },
    silenced: async (server) => {
      await server.faults.silence();
      await sleep(silenceMs);
      await server.faults.heal();
    },
    replaced: (server) => server.restart(),
  };

  it.each(Object.keys(faults))('the server is %s: nobody ends, all go on, nothing is lost or doubled', async (what) => {
    await goOn('at first');
    for (let round = 1; round <= times; round++) {
      await faults[what]?.(faulty.server);
      await goOn(`${what} ${round}`);
    }
    await settle();
  });
});
