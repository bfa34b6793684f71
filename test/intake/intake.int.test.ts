import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDeadLetterDesk,
  intakeGroup,
  intakeModule,
  intakeTopics,
  memoryCheckpoint,
  postgresAlarms,
  postgresDeadLetters,
  startIntake,
  startLedger,
  type DeadLetterDesk,
  type Intake,
  type Ledger,
} from '#apps/ledger';
import { createMemoryKeyIndex, createMemoryStore, type MemoryStore } from '#event-store/memory';
import type { OutgoingMessage, PartitionAlarm, PositionStore } from '#messaging';
import { createMemoryBroker, createMemoryPositions, type MemoryBroker } from '#messaging/memory';
import { createClock } from '#platform';
import { createPool, provision, type Pool } from '#postgres';
import { plainDigest, seededRandom } from '#testing';
import { createDatabase, type TestDatabase } from '#testing/postgres';
import { orderMessage, poison, receiptMessage } from './messages.js';

/* Orders and movements that come as messages: what becomes of them, of those that cannot be taken in, and of the rest. */

const clock = createClock();
const operator = { connection: 'operator', actor: 'test', correlationId: 'test' };
const person = { by: 'test', reason: 'mended' };
const partitions = 3;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  const { serviceUrl } = await provision({ ownerUrl: database.url, modules: [intakeModule] });
  pool = createPool({ url: serviceUrl, applicationName: 'intake-test', max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let store: MemoryStore;
let broker: MemoryBroker;
let ledger: Ledger;
let desk: DeadLetterDesk;
let positions: PositionStore;
let running: Intake[] = [];
const trouble: unknown[] = [];
const alarms: PartitionAlarm[] = [];
const goneOn: number[] = [];

const makeTopics = (): void => {
  for (const topic of Object.values(intakeTopics)) broker.createTopic(topic, partitions);
  for (const topic of ['stock.orders.dlq.v1', 'stock.movements.dlq.v1']) broker.createTopic(topic, 1);
};

beforeEach(async () => {
  store = createMemoryStore();
  broker = createMemoryBroker({ clock });
  makeTopics();
  positions = createMemoryPositions();
  for (const told of [trouble, alarms, goneOn]) told.length = 0;
  sent = 0;
  alarmsExpected = [];
  await pool.query('DELETE FROM intake.dead_letter');
  await pool.query('DELETE FROM intake.alarm');
  ledger = await startLedger({
    ...{ store, clock, digest: plainDigest, random: seededRandom(1), keyIndex: createMemoryKeyIndex() },
    backstop: memoryCheckpoint(),
  });
  await ledger.setLocation(operator, { kind: 'define_location', location: 'wh1', author: 'wms', authors: {} });
  await ledger.setChannel(operator, {
    ...{ kind: 'define_channel', channel: 'web', connection: 'shop', locations: ['wh1'] },
    ...{ reservationTtlMillis: 900_000, splitCarts: false },
  });
  desk = createDeadLetterDesk({ ledger, letters: postgresDeadLetters(pool), clock });
  return async () => {
    await stopAll();
    await ledger.stop();
    expect([...new Set(alarms.map(({ partition }) => partition))]).toEqual(alarmsExpected);
  };
});

/** Partitions that a test has made stand still; whoever gets such a one tells it anew. */
let alarmsExpected: readonly number[] = [];
const stopAll = async (): Promise<void> => {
  await Promise.all(running.map((intake) => intake.stop()));
  running = [];
};

const startMember = async (): Promise<Intake> => {
  const intake = await startIntake({
    ...{ ledger, consumer: broker.consumer(), sender: broker.sender(), positions },
    ...{ deadLetters: postgresDeadLetters(pool), alarms: postgresAlarms(pool), clock, random: seededRandom(2) },
    onAlarm: (alarm) => alarms.push(alarm),
    onGoingOn: (_topic, _partition, next) => goneOn.push(next),
    onTrouble: (error) => trouble.push(error),
  });
  running.push(intake);
  return intake;
};
let sent = 0;
const send = async (...messages: readonly OutgoingMessage[]): Promise<void> => {
  const sender = broker.sender();
  const isOrder = ({ key }: OutgoingMessage): boolean => key.includes(':');
  await sender.send(intakeTopics.orders, messages.filter(isOrder));
  await sender.send(
    intakeTopics.movements,
    messages.filter((message) => !isOrder(message)),
  );
  sent += messages.length;
};
const doneWith = async (): Promise<number> => {
  const ofTopics = await Promise.all(Object.values(intakeTopics).map((topic) => positions.load(intakeGroup, topic)));
  return ofTopics.flatMap((of) => [...of.values()]).reduce((sum, { next }) => sum + next, 0);
};
/** A machine that does much else is waited for. */
const waiting = { timeout: 60_000 };
const untilDrained = (): Promise<void> => vi.waitFor(async () => expect(await doneWith()).toBe(sent), waiting);

/** Sellable and committed units, and how many events say so. */
const levels = async (...skus: readonly string[]): Promise<readonly string[]> => {
  const states = await ledger.lanes.stock.load(skus.map((sku) => `stock-${sku}`));
  return states.map(({ revision, state }) => {
    const { sellable, committed } = state.balances.get('wh1') ?? { sellable: 0, committed: 0 };
    return `${sellable}/${committed} after ${revision + 1}`;
  });
};

describe('the intake', () => {
  it('takes in what others send, once however often it comes', async () => {
    const messages = [
      receiptMessage('A', 10, 'd1'),
      orderMessage('1', 1, [{ line: '1', sku: 'A', ordered: 4 }]),
      orderMessage('1', 2, [{ line: '1', sku: 'A', ordered: 4, cancelled: 1 }]),
    ];
    await startMember();
    for (const message of messages) {
      await send(message, message);
      await untilDrained();
    }
    await send(...messages.toReversed());
    await untilDrained();
    expect(await levels('A')).toEqual(['7/3 after 3']);
    expect(await desk.list({ limit: 10 })).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it('parks a poison message alone, with its reason, and goes on with those of its key', async () => {
    await send(...poison.map(([, message]) => message), receiptMessage('A', 5, 'good'));
    await startMember();
    await untilDrained();
    expect(await levels('A')).toEqual(['5/0 after 1']);
    const letters = await desk.list({ limit: 100 });
    expect(letters.map(({ code }) => code).sort()).toEqual(poison.map(([code]) => code).sort());
    await lettersTold(poison.length);
  });

  it('parks it once, although the intake begins again before its position is kept', async () => {
    await send(poison[0]![1]);
    await startMember();
    await untilDrained();
    await Promise.all(running.map((intake) => intake.stop()));
    positions = createMemoryPositions();
    await startMember();
    await untilDrained();
    expect(await desk.list({ limit: 100 })).toHaveLength(1);
  });

  it('replays a dead letter when its cause is mended, and says why it cannot while it is not', async () => {
    await send(receiptMessage('A', 5, 'early', { location: 'wh2' }));
    await startMember();
    await untilDrained();
    const [letter] = await desk.list({ limit: 1 });
    expect(letter).toMatchObject({ code: 'unknown_location', topic: intakeTopics.movements });
    const id = letter!.id;
    expect(await desk.replay(id, person)).toMatchObject({ kind: 'parked', problem: { code: 'unknown_location' } });
    await ledger.setLocation(operator, { kind: 'define_location', location: 'wh2', author: 'wms', authors: {} });
    expect(await desk.replay(id, person)).toEqual({ kind: 'taken' });
    const [state] = await ledger.lanes.stock.load(['stock-A']);
    expect(state?.state.balances.get('wh2')?.sellable).toBe(5);
    expect(await desk.list({ limit: 1 })).toEqual([]);
    expect(await desk.discard(id, person)).toMatchObject({
      kind: 'settled_before',
      letter: { settled: { ...person } },
    });
    expect(await desk.replay(id + 1, person)).toEqual({ kind: 'unknown_dead_letter' });
  });

  it('discards one that will never be right', async () => {
    await send(receiptMessage('A', 5, 'never', { location: 'moon' }));
    await startMember();
    await untilDrained();
    const [letter] = await desk.list({ limit: 1 });
    expect(await desk.discard(letter!.id, person)).toEqual({ kind: 'discarded' });
    expect(await desk.list({ limit: 1 })).toEqual([]);
  });

  it('passes over what was discarded when the very same comes again, and nothing else', async () => {
    const message = receiptMessage('A', 5, 'never', { location: 'wh3' });
    await send(message);
    await startMember();
    await untilDrained();
    const [letter] = await desk.list({ limit: 1 });
    await desk.discard(letter!.id, person);
    // Its cause is mended: judged anew it would be taken in
    await ledger.setLocation(operator, { kind: 'define_location', location: 'wh3', author: 'wms', authors: {} });
    await stopAll();
    positions = createMemoryPositions();
    await startMember();
    await untilDrained();
    await send(message);
    await untilDrained();
    expect(await levels('A')).toEqual(['0/0 after 0']);
    await send({ ...message, headers: { ...message.headers, ce_id: 'another' } });
    await untilDrained();
    expect(await desk.list({ limit: 1 })).toEqual([]);
    const [state] = await ledger.lanes.stock.load(['stock-A']);
    expect(state?.state.balances.get('wh3')?.sellable).toBe(5);
  });

  it('goes on where a person says, whichever instance is told, and only where it stands still', async () => {
    const topic = intakeTopics.movements;
    const stuck = 1;
    alarmsExpected = [stuck];
    await positions.reset(intakeGroup, topic, stuck, { next: 7 });
    const [one, other] = [await startMember(), await startMember()];
    const statusOf = () => [one, other].flatMap((member) => member.status()).filter((status) => status.topic === topic);
    await vi.waitFor(() => expect(alarms).not.toEqual([]), waiting);
    await vi.waitFor(
      () => expect(statusOf().every(({ lag, state }) => lag !== undefined || state === 'alarmed')).toBe(true),
      waiting,
    );
    await vi.waitFor(async () => expect(await postgresAlarms(pool).isRaised(topic, stuck)).toBe(true), waiting);
    expect(await one.goOn(topic, 0, 0, person)).toBe('not_alarmed');
    expect(await one.goOn(topic, 2, 0, person)).toBe('not_alarmed');
    expect(await one.goOn(topic, 99, 0, person)).toBe('unknown_partition');
    expect(goneOn).toEqual([]);
    const elsewhere = [one, other].find((member) => !member.status().some((status) => status.state === 'alarmed'))!;
    expect(await elsewhere.goOn(topic, stuck, 0, person)).toBe('going_on');
    await vi.waitFor(
      () => expect(statusOf().map(({ state }) => state)).toEqual(['running', 'running', 'running']),
      waiting,
    );
    expect(await elsewhere.goOn(topic, stuck, 0, person)).toBe('not_alarmed');
    expect(goneOn).toEqual([0]);
  });

  it('shows an error of its own at the partition, tries again, and goes on when it has passed', async () => {
    const { report } = ledger;
    let failing = true;
    ledger = {
      ...ledger,
      report: (...said) => (failing ? Promise.reject(new TypeError('a fault of ours')) : report(...said)),
    };
    await send(receiptMessage('A', 5, 'd1'));
    const member = await startMember();
    const states = () => member.status().map(({ state }) => state);
    await vi.waitFor(() => expect(states()).toContain('failing'), waiting);
    await vi.waitFor(() => expect(trouble.length).toBeGreaterThan(2), waiting);
    failing = false;
    await untilDrained();
    await vi.waitFor(() => expect(new Set(states())).toEqual(new Set(['running'])), waiting);
    expect(await levels('A')).toEqual(['5/0 after 1']);
  });

  it('tells one of two who settle it at the same time that the other one has', async () => {
    await send(receiptMessage('A', 5, 'never', { location: 'moon' }));
    await startMember();
    await untilDrained();
    const { id } = (await desk.list({ limit: 1 }))[0]!;
    let looked = 0;
    const letters = postgresDeadLetters(pool);
    const find: typeof letters.find = async (asked) => {
      const found = await letters.find(asked);
      looked += 1;
      await vi.waitFor(() => expect(looked).toBeGreaterThan(1), waiting);
      return found;
    };
    const both = createDeadLetterDesk({ ledger, letters: { ...letters, find }, clock });
    const answers = await Promise.all([both.discard(id, person), both.discard(id, { ...person, by: 'another' })]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['discarded', 'settled_before']);
  });

  it('waits while the store is away, and loses nothing', async () => {
    await send(receiptMessage('A', 5, 'd1'));
    store.faults.onAppend(...Array.from({ length: 5 }, () => ({ kind: 'unavailable' }) as const));
    await startMember();
    await untilDrained();
    expect(await levels('A')).toEqual(['5/0 after 1']);
    expect(await desk.list({ limit: 1 })).toEqual([]);
  });

  it('is shared by members that come and go', async () => {
    const skus = Array.from({ length: 40 }, (_, index) => `S${index}`);
    await startMember();
    for (let round = 0; round < 4; round += 1) {
      await send(...skus.map((sku) => receiptMessage(sku, 1, `r${round}`)));
      const member = await startMember();
      await send(...skus.map((sku) => receiptMessage(sku, 1, `r${round}`)));
      if (round % 2 === 0) await member.stop();
      running = running.filter((one) => one !== member || round % 2 !== 0);
    }
    await untilDrained();
    expect(new Set(await levels(...skus))).toEqual(new Set(['4/0 after 4']));
  });
});

/** Resolves when a listener of dead letters has heard of so many. */
const lettersTold = async (count: number): Promise<void> => {
  const told: string[] = [];
  const listening = await broker.consumer().consume({
    ...{ group: 'listener', topics: ['stock.movements.dlq.v1'], positions: createMemoryPositions() },
    handle: ({ messages }) => {
      told.push(...messages.map(({ value }) => Buffer.from(value ?? []).toString()));
      return Promise.resolve();
    },
    onAlarm: (alarm) => expect.unreachable(JSON.stringify(alarm)),
    onTrouble: (error) => expect.unreachable(String(error)),
  });
  await vi.waitFor(() => expect(told.map((letter) => JSON.parse(letter) as unknown)).toHaveLength(count), waiting);
  await listening.stop();
};
