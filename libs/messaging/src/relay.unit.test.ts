import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryBroker, createMemoryPositions } from '#messaging/memory';
import { manualClock, seededRandom } from '#testing';
import type { OutgoingMessage } from './message.js';
import { MessageRefusedError, type MessageSender, SendUnavailableError } from './ports.js';
import { type CursorStore, type Relay, type RelayOptions, type RelayPiece, startRelay } from './relay.js';

const topic = 'topic';
const bytesMax = 100;
const message = (key: string, value: string): OutgoingMessage => ({ key, headers: {}, value });
const large = (key: string): OutgoingMessage => message(key, 'x'.repeat(bytesMax + 1));
const isLarge = ({ value }: OutgoingMessage): boolean => (value ?? '').length > bytesMax;

/** A topic in memory, and what stands in it. */
const createTopic = () => {
  const broker = createMemoryBroker({ clock: manualClock(), messageBytesMax: bytesMax });
  broker.createTopic(topic, 1);
  const values: string[] = [];
  const consuming = broker.consumer().consume({
    group: 'group',
    topics: [topic],
    positions: createMemoryPositions(),
    handle: ({ messages }) =>
      Promise.resolve(void values.push(...messages.map(({ value }) => String(Buffer.from(value ?? []))))),
    onAlarm: () => undefined,
    onTrouble: () => undefined,
  });
  const sender = broker.sender();
  const until = async (value: string): Promise<readonly string[]> => {
    await settle(() => values.includes(value));
    await (await consuming).stop();
    return values;
  };
  return { broker, sender, values, until };
};

const settle = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It never came true');
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const sourceOf = (pieces: readonly RelayPiece<number>[]): RelayOptions<number>['piecesAfter'] =>
  async function* (after = -1) {
    for (const piece of pieces.filter(({ cursor }) => cursor > after)) yield await Promise.resolve(piece);
  };

const createCursor = (): CursorStore<number> & { readonly saved: number[] } => {
  const saved: number[] = [];
  return {
    saved,
    load: () => Promise.resolve(saved.at(-1)),
    save: (cursor) => Promise.resolve(void saved.push(cursor)),
  };
};

const start = (options: Partial<RelayOptions<number>> & Pick<RelayOptions<number>, 'sender' | 'piecesAfter'>) => {
  const abort = new AbortController();
  const [troubles, parked]: [unknown[], { key: string; reason: string }[]] = [[], []];
  const cursors = createCursor();
  const clock = manualClock();
  const relay = startRelay<number>({
    topic,
    cursors,
    park: ({ key }, { reason }) => Promise.resolve(void parked.push({ key, reason })),
    clock,
    random: () => 0.5,
    signal: abort.signal,
    onTrouble: (error) => void troubles.push(error),
    ...options,
  });
  const stop = (): Promise<void> => {
    abort.abort();
    return relay.stopped;
  };
  return { relay, stop, troubles, parked, cursors, clock };
};

const pieces = (count: number): readonly RelayPiece<number>[] =>
  Array.from({ length: count }, (_, cursor) => ({ cursor, messages: [message('key', `${cursor}`)] }));

describe('a relay', () => {
  it('sends piece by piece, saves the cursor behind each, and goes on there', async () => {
    const { sender, until } = createTopic();
    const { stop, cursors } = start({ sender, piecesAfter: sourceOf(pieces(3)) });
    await settle(() => cursors.saved.length === 3);
    await stop();
    const again = start({ sender, piecesAfter: sourceOf(pieces(5)), cursors });
    await settle(() => cursors.saved.length === 5);
    await again.stop();
    expect(cursors.saved).toEqual([0, 1, 2, 3, 4]);
    expect(await until('4')).toEqual(['0', '1', '2', '3', '4']);
  });

  it('sends the same piece again while it is unavailable, and nothing after it', async () => {
    const { broker, sender, until } = createTopic();
    broker.faults.onSend('none', 'lost', 'stored_but_unknown', 'none');
    const { stop, cursors, clock, troubles, relay } = start({ sender, piecesAfter: sourceOf(pieces(3)) });
    for (const failures of [1, 2]) {
      await settle(() => clock.sleepers() === 1);
      expect([cursors.saved, troubles.length]).toEqual([[0], failures]);
      expect(relay.status().error).toBeInstanceOf(SendUnavailableError);
      clock.advance(60_000);
    }
    await settle(() => cursors.saved.length === 3);
    await stop();
    expect(relay.status()).toMatchObject({ cursor: 2, sent: 3, parked: 0, error: undefined });
    expect(await until('2')).toEqual(['0', '1', '1', '2']);
  });

  it.each([true, false])('parks a message that is too large and sends the others (told which: %s)', async (isTold) => {
    const { sender, until } = createTopic();
    const silent: MessageSender = {
      ...sender,
      send: (name, messages) =>
        sender.send(name, messages).catch(() => Promise.reject(new MessageRefusedError('one of them is too large'))),
    };
    const messages = [
      message('a', '1'),
      large('b'),
      message('c', '2'),
      message('d', '3'),
      large('e'),
      message('f', '4'),
    ];
    const { stop, cursors, parked } = start({
      sender: isTold ? sender : silent,
      piecesAfter: sourceOf([{ cursor: 0, messages }]),
    });
    await settle(() => cursors.saved.length === 1);
    await stop();
    expect(parked).toEqual([
      { key: 'b', reason: 'too_large' },
      { key: 'e', reason: 'too_large' },
    ]);
    expect([...new Set(await until('4'))]).toEqual(['1', '2', '3', '4']);
  });

  it('does not go on before a refused message is kept', async () => {
    const { sender } = createTopic();
    const { stop, cursors, clock, troubles } = start({
      sender,
      piecesAfter: sourceOf([{ cursor: 0, messages: [large('a')] }]),
      park: () => Promise.reject(new Error('no room')),
    });
    for (let failures = 1; failures < 4; failures++) {
      await settle(() => clock.sleepers() === 1 && troubles.length === failures);
      clock.advance(60_000);
    }
    expect(cursors.saved).toEqual([]);
    await stop();
  });

  it('waits for a topic that is missing, and parks nothing', async () => {
    const broker = createMemoryBroker({ clock: manualClock() });
    const { stop, cursors, clock, parked, troubles } = start({
      sender: broker.sender(),
      piecesAfter: sourceOf(pieces(1)),
    });
    await settle(() => clock.sleepers() === 1);
    expect([parked, cursors.saved, troubles.length]).toEqual([[], [], 1]);
    broker.createTopic(topic, 1);
    clock.advance(60_000);
    await settle(() => cursors.saved.length === 1);
    await stop();
  });

  it('stops while it waits, and after the send under way', async () => {
    const { broker, sender } = createTopic();
    broker.faults.away(true);
    const waiting = start({ sender, piecesAfter: sourceOf(pieces(1)) });
    await settle(() => waiting.clock.sleepers() === 1);
    await waiting.stop();
    expect(waiting.cursors.saved).toEqual([]);
    let finish: () => void = () => undefined;
    const slow: MessageSender = { ...sender, send: () => new Promise((resolve) => (finish = resolve)) };
    const sending = start({ sender: slow, piecesAfter: sourceOf(pieces(2)) });
    await new Promise((resolve) => setImmediate(resolve));
    const stopped = sending.stop();
    finish();
    await stopped;
    expect(sending.cursors.saved).toEqual([0]);
  });
});

type Plan = {
  readonly seed: number;
  readonly sizes: readonly number[];
  readonly largeEvery: number;
  readonly told: boolean;
};

const plans: fc.Arbitrary<Plan> = fc.record({
  seed: fc.integer(),
  sizes: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 }),
  largeEvery: fc.integer({ min: 2, max: 12 }),
  told: fc.boolean(),
});

/** Pieces over three keys whose messages are numbered by key, some of them too large. */
const piecesOf = ({ sizes, largeEvery }: Plan): readonly RelayPiece<number>[] => {
  let total = 0;
  const numbers = new Map<string, number>();
  const next = (): OutgoingMessage => {
    const key = `k${total % 3}`;
    total += 1;
    if (total % largeEvery === 0) return large(key);
    numbers.set(key, (numbers.get(key) ?? 0) + 1);
    return message(key, `${key} ${numbers.get(key)}`);
  };
  return sizes.map((size, cursor) => ({ cursor, messages: Array.from({ length: size }, next) }));
};

/** A topic as an array, whose sender fails by chance: nothing stored, all stored, or the first few. */
const createFlakySender = ({ seed, told }: Plan) => {
  const random = seededRandom(seed);
  const stored: OutgoingMessage[] = [];
  const send = (_: string, messages: readonly OutgoingMessage[]): Promise<void> => {
    const chance = random();
    const index = messages.findIndex(isLarge);
    const storedCount =
      chance < 0.2 ? Math.floor(random() * (messages.length + 1)) : chance < 0.4 ? 0 : messages.length;
    const allowed = index < 0 ? storedCount : Math.min(index, storedCount);
    stored.push(...messages.slice(0, allowed));
    if (index >= 0) return Promise.reject(new MessageRefusedError('too large', told ? { index } : {}));
    return chance < 0.5 ? Promise.reject(new SendUnavailableError('by chance')) : Promise.resolve();
  };
  const sender: MessageSender = { ...createMemoryBroker({ clock: manualClock() }).sender(), send };
  return { sender, stored, random };
};

/** A cursor that fails by chance, before or after it is saved, and tells when it was ahead of what is stored. */
const createFlakyCursor = (random: () => number, isCovered: (cursor: number) => boolean) => {
  const state: { saved: number | undefined; ahead: number[] } = { saved: undefined, ahead: [] };
  const cursors: CursorStore<number> = {
    load: () => (random() < 0.1 ? Promise.reject(new Error('load')) : Promise.resolve(state.saved)),
    save: (cursor) => {
      const chance = random();
      if (!isCovered(cursor)) state.ahead.push(cursor);
      if (chance < 0.9) state.saved = cursor;
      return chance < 0.8 ? Promise.resolve() : Promise.reject(new Error('save'));
    },
  };
  return { state, cursors };
};

const numberOf = ({ value }: OutgoingMessage): number => Number(value?.split(' ')[1]);

/** A key's messages as they stand: each is the next after the one before, or one that is repeated with all after it. */
const skipsOf = (stored: readonly OutgoingMessage[], key: string): readonly string[] => {
  const numbers = stored.filter((one) => one.key === key).map(numberOf);
  return numbers.flatMap((number, index) =>
    number > (numbers[index - 1] ?? 0) + 1 ? [`${key}: ${numbers.join(' ')}`] : [],
  );
};

const relayAll = async (
  plan: Plan,
  change: (options: RelayOptions<number>) => RelayOptions<number> = (same) => same,
) => {
  const all = piecesOf(plan);
  const { sender, stored, random } = createFlakySender(plan);
  const parked = new Set<OutgoingMessage>();
  const isCovered = (cursor: number): boolean =>
    all.slice(0, cursor + 1).every(({ messages }) => messages.every((one) => stored.includes(one) || parked.has(one)));
  const { state, cursors } = createFlakyCursor(random, isCovered);
  const options = (signal: AbortSignal): RelayOptions<number> => ({
    topic,
    sender,
    cursors,
    piecesAfter: sourceOf(all),
    park: (one) => (random() < 0.2 ? Promise.reject(new Error('park')) : Promise.resolve(void parked.add(one))),
    clock: manualClock('2026-03-01T09:00:00.000Z', { selfWinding: true }),
    random,
    signal,
    onTrouble: () => undefined,
  });
  while (state.saved !== all.length - 1) await runForAWhile(random, (signal) => startRelay(change(options(signal))));
  return { all: all.flatMap(({ messages }) => messages), stored, parked, ahead: state.ahead };
};

/** A relay that is stopped at some moment, as by a restart. */
const runForAWhile = async (random: () => number, begin: (signal: AbortSignal) => Relay<number>): Promise<void> => {
  const abort = new AbortController();
  const relay = begin(abort.signal);
  const turns = Math.floor(random() * 200);
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  abort.abort();
  await relay.stopped;
};

describe('a relay whose sender, source and cursor fail by chance, stopped and started again and again', () => {
  it('loses nothing, keeps the order of each key, and its cursor is never ahead', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const { all, stored, parked, ahead } = await relayAll(plan);
        expect(ahead).toEqual([]);
        expect(all.filter((one) => !stored.includes(one) && !parked.has(one))).toEqual([]);
        expect([...parked].filter((one) => !isLarge(one))).toEqual([]);
        expect(['k0', 'k1', 'k2'].flatMap((key) => skipsOf(stored, key))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('control: one that takes unavailable for sent is found', async () => {
    const careless = (options: RelayOptions<number>): RelayOptions<number> => ({
      ...options,
      sender: {
        ...options.sender,
        send: (name, messages) => options.sender.send(name, messages).catch(() => undefined),
      },
    });
    const plan: Plan = { seed: 7, sizes: [3, 3, 3, 3, 3, 3], largeEvery: 12, told: true };
    expect((await relayAll(plan, careless)).ahead).not.toEqual([]);
  });
});
