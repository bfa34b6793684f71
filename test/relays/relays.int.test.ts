import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { relayTopics, startRelays, type Relays } from '#apps/availability';
import type { RecordedEvent } from '#event-sourcing';
import { SendUnavailableError, type MessageSender, type OutgoingMessage } from '#messaging';
import { createClock } from '#platform';
import { createReadDatabase, type ReadDatabase } from '../../libs/read-model/testing/database.js';
import { liveOver } from '../../libs/read-model/testing/live.js';
import { projectAll } from '../../libs/read-model/testing/project.js';
import { storeOf } from '../../libs/read-model/testing/store-of.js';
import { simulate } from '../simulation/run.js';

/*
 * What the world is told by message is what has happened and what was announced: all of it, in order for each key, through
 * failures of the transport and a change of the process that tells it.
 */

let database: ReadDatabase;
let log: readonly RecordedEvent[];
beforeAll(async () => {
  database = await createReadDatabase();
  ({ log } = await simulate(1, 300));
});
afterEach(() => database.reset());
afterAll(() => database.drop());

/** A topic that fails now and then, before or after it has stored what came. */
const unreliable = () => {
  const topics = new Map<string, OutgoingMessage[]>();
  let sends = 0;
  const sender: MessageSender = {
    capabilities: { name: 'unreliable', partitions: false, compacts: false, topicsMustExist: false },
    send: (topic, messages) => {
      sends += 1;
      if (sends % 3 === 1) return Promise.reject(new SendUnavailableError('lost'));
      topics.set(topic, [...(topics.get(topic) ?? []), ...messages]);
      return sends % 3 === 2 ? Promise.reject(new SendUnavailableError('stored, but nobody knows')) : Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { sender, of: (topic: string) => topics.get(topic) ?? [] };
};
type World = ReturnType<typeof unreliable>;

const start = (world: World, known: readonly RecordedEvent[]): Relays =>
  startRelays({
    ...{ queries: liveOver(database.pool, known).queries, store: storeOf(known), sender: world.sender },
    ...{ pool: database.pool, url: database.serviceUrl, clock: createClock(), random: Math.random },
    onTrouble: () => undefined,
  });

const announce = async (known: readonly RecordedEvent[]): Promise<void> => {
  await projectAll(database.pool, known);
  await liveOver(database.pool, known).drain();
};
const bodies = (messages: readonly OutgoingMessage[]) =>
  messages.map(({ value }) => JSON.parse(value ?? 'null') as { sequence: number; eventId: string; revision: number });

/** Each message where it came first: what is sent again comes behind what it repeats. */
const firsts = (messages: readonly OutgoingMessage[]): readonly OutgoingMessage[] => [
  ...new Map(messages.map((message) => [message.headers['ce_id'], message])).values(),
];
const byKey = (messages: readonly OutgoingMessage[]): ReadonlyMap<string, readonly OutgoingMessage[]> => {
  const keys = new Map<string, OutgoingMessage[]>();
  for (const message of firsts(messages)) keys.set(message.key, [...(keys.get(message.key) ?? []), message]);
  return keys;
};

const isGrowing = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));

const announcedRows = async (): Promise<readonly number[]> => {
  const { rows } = await database.pool.query<{ sequence: number }>(
    'SELECT sequence FROM read.outbox ORDER BY sequence',
  );
  return rows.map(({ sequence }) => sequence);
};
const stockEventsOf = (known: readonly RecordedEvent[]) =>
  known.filter(({ stream }) => stream.startsWith('stock-')).map(({ eventId }) => eventId);
const idsIn = (world: World, topic: string): ReadonlySet<string | undefined> =>
  new Set(world.of(topic).map(({ headers }) => headers['ce_id']));

describe('relays', () => {
  it('tell everything that was announced and happened, in order for each key, whoever runs them', async () => {
    const world = unreliable();
    const half = log.slice(0, Math.floor(log.length / 2));
    await announce(half);
    const first = start(world, half);
    await expect.poll(() => idsIn(world, relayTopics.events).size).toBeGreaterThan(0);
    const second = start(world, log);
    await first.stop();
    await announce(log);
    const events = stockEventsOf(log);
    await expect.poll(() => idsIn(world, relayTopics.events).size).toBe(events.length);
    const sequences = await announcedRows();
    await expect.poll(() => idsIn(world, relayTopics.availability).size).toBe(sequences.length);
    await second.stop();

    expect([...idsIn(world, relayTopics.events)].sort()).toEqual([...events].sort());
    expect([...idsIn(world, relayTopics.availability)].map(Number).sort((a, b) => a - b)).toEqual(sequences);
    for (const told of byKey(world.of(relayTopics.availability)).values())
      expect(isGrowing(bodies(told).map(({ sequence }) => sequence))).toBe(true);
    for (const told of byKey(world.of(relayTopics.events)).values())
      expect(bodies(told).map(({ revision }) => revision)).toEqual(told.map((_, index) => index));
  });

  it('are led by one process at a time, and go on where the last has come', async () => {
    await announce(log);
    const world = unreliable();
    const [one, other] = [start(world, log), start(world, log)];
    const end = log.at(-1)?.position;
    const cursors = () => [one, other].map((relays) => relays.status()['events']?.cursor);
    await expect.poll(cursors).toContain(end);
    const leads = [one, other].map((relays) => Object.keys(relays.status()).length);
    expect(leads[0]! + leads[1]!).toBe(2);
    await Promise.all([one.stop(), other.stop()]);
    const told = world.of(relayTopics.events).length;
    const late = start(world, log);
    await expect.poll(() => late.status()['events']?.cursor).toBe(end);
    await late.stop();
    expect(world.of(relayTopics.events)).toHaveLength(told);
  });
});

describe('what a channel keeps of what comes out of order and twice', () => {
  /** Of each pair the atp that stays when messages come like that, kept by `isNewer`. */
  const keptOf = (messages: readonly OutgoingMessage[], isNewer: (sequence: number, kept: number) => boolean) => {
    const kept = new Map<string, { readonly sequence: number; readonly atp: number }>();
    for (const { key, value } of messages) {
      const said = JSON.parse(value ?? 'null') as { readonly sequence: number; readonly atp: number };
      if (isNewer(said.sequence, kept.get(key)?.sequence ?? -1)) kept.set(key, said);
    }
    return new Map([...kept].map(([key, { atp }]) => [key, atp]));
  };
  const announcedNow = async (): Promise<ReadonlyMap<string, number>> => {
    const { rows } = await database.pool.query<{ key: string; atp: number }>(
      "SELECT channel || ':' || sku AS key, atp FROM read.announced",
    );
    return new Map(rows.map(({ key, atp }) => [key, atp]));
  };
  const sorted = (kept: ReadonlyMap<string, number>) => [...kept].sort(([a], [b]) => (a < b ? -1 : 1));

  it('is the newest figure by its sequence; control: by arrival it is an older one', async () => {
    const world = unreliable();
    for (const count of [0.3, 0.6, 1]) await announce(log.slice(0, Math.floor(log.length * count)));
    const relays = start(world, log);
    const sequences = await announcedRows();
    await expect.poll(() => idsIn(world, relayTopics.availability).size).toBe(sequences.length);
    await relays.stop();
    const backwards = [...world.of(relayTopics.availability), ...world.of(relayTopics.availability)].reverse();
    const newest = sorted(await announcedNow());
    expect(sorted(keptOf(backwards, (sequence, kept) => sequence > kept))).toEqual(newest);
    expect(sorted(keptOf(backwards, () => true))).not.toEqual(newest);
  });
});
