import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { relayTopics, startRelays, type Relays } from '#apps/availability';
import type { RecordedEvent } from '#event-sourcing';
import type { MessageSender, OutgoingMessage } from '#messaging';
import { createClock } from '#platform';
import { createReadDatabase, type ReadDatabase } from '../../libs/read-model/testing/database.js';
import { liveOver } from '../../libs/read-model/testing/live.js';
import { projectAll } from '../../libs/read-model/testing/project.js';
import { storeOf } from '../../libs/read-model/testing/store-of.js';
import { simulate } from '../simulation/run.js';

/*
 * A broker is silent while a relay sends. The relay loses its lead, another one tells what is newer, and then the broker
 * takes what had been on its way all the time.
 */

const waitMillisMax = 20_000;
const never = 3_600_000;

let database: ReadDatabase;
let log: readonly RecordedEvent[];
let running: Relays[] = [];
beforeAll(async () => {
  database = await createReadDatabase();
  ({ log } = await simulate(1, 300));
});
afterEach(async () => {
  await Promise.all(running.map(({ stop }) => stop()));
  running = [];
  await database.reset();
});
afterAll(() => database.drop());

/** A compacted topic, and senders to it of which one is kept waiting at the broker. */
const createWorld = () => {
  const told: OutgoingMessage[] = [];
  const held: (() => void)[] = [];
  const senderOf = (isSilent: boolean): MessageSender => ({
    capabilities: { name: 'world', partitions: false, compacts: true, topicsMustExist: false },
    send: async (topic, messages) => {
      if (topic !== relayTopics.availability) return;
      if (isSilent) await new Promise<void>((resolve) => held.push(resolve));
      told.push(...messages);
    },
    close: () => Promise.resolve(),
  });
  return { told, held, senderOf };
};

const start = (sender: MessageSender, known: readonly RecordedEvent[], repeatAfterMillis: number): Relays => {
  const relays = startRelays({
    ...{ queries: liveOver(database.pool, known).queries, store: storeOf(known), sender, repeatAfterMillis },
    ...{ pool: database.pool, url: database.serviceUrl, clock: createClock(), random: Math.random },
    onTrouble: () => undefined,
  });
  running.push(relays);
  return relays;
};

const announce = async (known: readonly RecordedEvent[]): Promise<void> => {
  await projectAll(database.pool, known);
  await liveOver(database.pool, known).drain();
};

type Figures = ReadonlyMap<string, number>;
const sequencesOf = (messages: readonly OutgoingMessage[]): Figures =>
  new Map(messages.map(({ key, value }) => [key, (JSON.parse(value ?? 'null') as { sequence: number }).sequence]));

const announced = async (): Promise<Figures> => {
  const { rows } = await database.pool.query<{ key: string; sequence: number }>(
    `SELECT channel || ':' || sku AS key, sequence FROM read.announced`,
  );
  return new Map(rows.map(({ key, sequence }) => [key, sequence]));
};

const loseTheLead = () =>
  database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND application_name = 'relay availability'`,
  );

/** Lets what a relay without the lead had begun to send arrive behind all that is newer; answers what the topic keeps. */
const arriveLate = async (repeatAfterMillis: number) => {
  const world = createWorld();
  const half = log.slice(0, log.length / 2);
  await announce(half);
  start(world.senderOf(true), half, repeatAfterMillis);
  await expect.poll(() => world.held.length, { timeout: waitMillisMax }).toBe(1);
  await announce(log);
  await loseTheLead();
  start(world.senderOf(false), log, repeatAfterMillis);
  const newest = await announced();
  await expect.poll(() => sequencesOf(world.told), { timeout: waitMillisMax }).toEqual(newest);
  const before = world.told.length;
  world.held[0]?.();
  await expect.poll(() => world.told.length, { timeout: waitMillisMax }).toBeGreaterThan(before);
  return { world, newest };
};

describe('a send that outlives the lead of its relay', () => {
  it('is put right: the next leader tells again what was announced last', async () => {
    const { world, newest } = await arriveLate(2_000);
    await expect.poll(() => sequencesOf(world.told), { timeout: waitMillisMax }).toEqual(newest);
    const left = async (): Promise<number> =>
      (await database.pool.query('SELECT name FROM read.relay_repeat')).rows.length;
    await expect.poll(left, { timeout: waitMillisMax }).toBe(0);
    expect(sequencesOf(world.told)).toEqual(newest);
  });

  it('control: without that the topic keeps what is old', async () => {
    const { world, newest } = await arriveLate(never);
    expect(sequencesOf(world.told)).not.toEqual(newest);
  });
});
