import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readNewestTold, relayTopics, startToldCheck } from '#apps/availability';
import type { RecordedEvent } from '#event-sourcing';
import type { IncomingMessage, TopicReader } from '#messaging';
import { createClock } from '#platform';
import { readHold, recover } from '#read-model';
import { createReadDatabase, type ReadDatabase } from '../../libs/read-model/testing/database.js';
import { liveOver } from '../../libs/read-model/testing/live.js';
import { projectAll } from '../../libs/read-model/testing/project.js';
import { storeOf } from '../../libs/read-model/testing/store-of.js';
import { simulate } from '../simulation/run.js';

/* A ledger that is older than what it has told announces nothing, and one that is not goes on. */

let database: ReadDatabase;
let log: readonly RecordedEvent[];
beforeAll(async () => {
  database = await createReadDatabase();
  ({ log } = await simulate(2, 200));
});
afterEach(async () => {
  await recover(database.pool);
  await database.reset();
});
afterAll(() => database.drop());

/** Topics whose partitions end with these messages. */
const topicsWith = (sequences: readonly number[], events: readonly RecordedEvent[]): TopicReader => ({
  bounds: () => Promise.resolve(new Map()),
  read: async ({ onBatch }) => {
    const messagesOf = (bodies: readonly unknown[]): readonly IncomingMessage[] =>
      bodies.map((body, offset) => ({
        ...{ offset, key: undefined, headers: new Map() },
        value: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      }));
    const announced = sequences.map((sequence) => ({ sequence }));
    await onBatch({ topic: relayTopics.availability, partition: 0, messages: messagesOf(announced) });
    await onBatch({
      topic: relayTopics.events,
      partition: 0,
      messages: messagesOf([...events, 'nothing of ours', '{}']),
    });
  },
});

const stockEvents = (): readonly RecordedEvent[] => log.filter(({ stream }) => stream.startsWith('stock-'));
const announced = async (): Promise<readonly number[]> => {
  const { rows } = await database.pool.query<{ sequence: number }>(
    'SELECT sequence FROM read.outbox ORDER BY sequence',
  );
  return rows.map(({ sequence }) => sequence);
};
const announceAll = async (): Promise<void> => {
  await projectAll(database.pool, log);
  await liveOver(database.pool, log).drain();
};

/** What the check says of a ledger with all of the log, at topics that end so. */
const isHeldAt = async (reader: TopicReader, known = log): Promise<boolean> => {
  const held: unknown[] = [];
  const check = startToldCheck({
    ...{ pool: database.pool, store: storeOf(known), reader, clock: createClock() },
    onHeld: (told) => void held.push(told),
    onTrouble: (error) => expect.unreachable(String(error)),
  });
  await check.done;
  const { heldSince } = await readHold(database.pool);
  expect(held).toHaveLength(heldSince === undefined ? 0 : 1);
  const stopping = new AbortController();
  if (heldSince === undefined) await check.mayTell(stopping.signal);
  return heldSince !== undefined;
};

describe('what the world was told last', () => {
  it('is known: the ledger goes on', async () => {
    await announceAll();
    expect(await isHeldAt(topicsWith([(await announced()).at(-1) ?? 0], stockEvents().slice(-3)))).toBe(false);
    expect(await isHeldAt(topicsWith([], []))).toBe(false);
  });

  it('is a number that the ledger has never announced: it is held', async () => {
    await announceAll();
    expect(await isHeldAt(topicsWith([((await announced()).at(-1) ?? 0) + 1], []))).toBe(true);
  });

  it('is an event that the log does not have, or has otherwise: it is held', async () => {
    await announceAll();
    const [last] = stockEvents().slice(-1);
    expect(await isHeldAt(topicsWith([], [last!]), log.slice(0, log.indexOf(last!)))).toBe(true);
    await recover(database.pool);
    const other = { ...last!, eventId: '00000000-0000-8000-8000-000000000000' };
    expect(await isHeldAt(topicsWith([], [other]))).toBe(true);
  });

  it('is read from whatever stands there', async () => {
    const [first] = stockEvents();
    expect(await readNewestTold(topicsWith([7, 9, 8], [first!]))).toEqual({ sequence: 9, events: [first] });
  });
});

describe('a ledger that is held', () => {
  it('announces nothing until somebody lets it go on, then everything, above all that was told', async () => {
    await projectAll(database.pool, log);
    const told = 2 ** 52;
    const [last] = stockEvents().slice(-1);
    const lost = { ...last!, eventId: '00000000-0000-8000-8000-000000000000' };
    expect(await isHeldAt(topicsWith([told], [lost]))).toBe(true);
    const live = liveOver(database.pool, log);
    await live.announcer.step();
    expect(await announced()).toEqual([]);
    await recover(database.pool, { sequence: told, eventAt: lost.metadata.recordedAt });
    await live.drain();
    expect((await announced())[0]).toBeGreaterThan(told);
    // What was looked at once is no reason to hold again, though it is not told anew.
    await database.pool.query('DELETE FROM read.outbox');
    expect(await isHeldAt(topicsWith([told], [lost]))).toBe(false);
  });

  it('tells nothing by message while brokers are away and while it is held', async () => {
    await announceAll();
    let [asked, told] = [0, false];
    const behind = topicsWith([2 ** 52 + 1_000], []);
    const reader: TopicReader = {
      ...behind,
      read: (reading) => ((asked += 1) < 3 ? Promise.reject(new Error('away')) : behind.read(reading)),
    };
    const troubles: unknown[] = [];
    const check = startToldCheck({
      ...{ pool: database.pool, store: storeOf(log), reader, clock: { sleep: () => nextTurn() } },
      ...{ onHeld: () => undefined, onTrouble: (error) => void troubles.push(error) },
    });
    const ending = new AbortController();
    const waiting = check.mayTell(ending.signal).then(() => (told = true));
    await check.done;
    expect([troubles.length, (await readHold(database.pool)).heldSince !== undefined, told]).toEqual([2, true, false]);
    await recover(database.pool);
    await waiting;
    expect(told).toBe(true);
    await check.stop();
  });

  it('control: one that is not held announces', async () => {
    await announceAll();
    expect(await announced()).not.toEqual([]);
  });
});
