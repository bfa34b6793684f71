import { describe, expect, it } from 'vitest';
import { createKernel, plus, type Envelope, type Lanes, type Outcome } from '#event-sourcing';
import { createMemoryKeyIndex, createMemoryStore } from '#event-store/memory';
import { emptyBook, type PolicyBook } from '#policies';
import { expiredNeededMax, stockKind, type StockCommand, type StockRefusal, type StockState } from '#stock';
import { manualClock, plainDigest, seededRandom } from '#testing';
import { runSweeper } from './run-sweeper.js';
import { skusAtOnceMax, skusPerPageMax, SweepFailedError, sweepSkus, type SweepParts } from './sweep-skus.js';

const web = { channel: 'web', connection: 'shop', locations: ['wh1'], reservationTtlMillis: 60_000, splitCarts: false };
const book: PolicyBook = {
  ...emptyBook,
  channels: new Map([['web', { ...web, revision: 0 }]]),
  locations: new Map([
    ['wh1', { location: 'wh1', author: 'wms', authors: {}, kind: 'own', state: 'open', revision: 0 }],
  ]),
};
const never = new AbortController().signal;

type StockLanes = Lanes<StockState, StockCommand, StockRefusal>;

/** A ledger on a store in memory; the test says which SKUs the read model names. */
const openScene = () => {
  const store = createMemoryStore();
  const clock = manualClock();
  const random = seededRandom(3);
  const kernel = createKernel({ store, clock, digest: plainDigest, random, keyIndex: createMemoryKeyIndex() });
  const stock: StockLanes = kernel.lanes(stockKind, () => book);
  const named: string[] = [];
  const troubles: unknown[] = [];
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const parts: SweepParts = {
    unswept: (_now, after, skusMax) =>
      Promise.resolve(
        named
          .filter((sku) => sku > after)
          .toSorted()
          .slice(0, skusMax),
      ),
    ...{ stock, clock, newId, stockStream: (sku) => `stock-${sku}` },
    onTrouble: (_what, error) => troubles.push(error),
  };
  const send = async (sku: string, command: StockCommand): Promise<void> => {
    const outcome = await stock.execute(envelopeOf(sku, command));
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  };
  const envelopeOf = (sku: string, command: StockCommand): Envelope<StockCommand> => ({
    ...{ stream: `stock-${sku}`, command, commandId: newId(), guard: 'key', source: { connection: 'shop' } },
    ...{ actor: 'k1', correlationId: 'c', deadline: plus(clock.now(), 2_000) },
  });
  const receive = (sku: string, quantity: number): Promise<void> =>
    send(sku, {
      ...{ kind: 'receipt', connection: 'wms', sourceKey: newId(), sourceVersion: 1, occurredAt: clock.now() },
      ...{ hash: newId(), location: 'wh1', quantity, bucket: 'sellable' },
    });
  const reserve = (sku: string, cart: string, quantity: number): Promise<void> =>
    send(sku, { kind: 'reserve', connection: 'shop', channel: 'web', cart, quantity, ttlMillis: 1_000 });
  const order = (sku: string, orderKey: string, quantity: number): Promise<void> =>
    send(sku, {
      ...{ kind: 'order_target', connection: 'shop', channel: 'web', orderKey },
      ...{ placedAt: clock.now(), occurredAt: clock.now() },
      lines: [
        {
          ...{ line: '1', version: 0, ordered: quantity, promised: quantity, paid: true },
          ...{ baselineIssued: 0, baselineReturned: 0, withheld: 0 },
        },
      ],
    });
  const stateOf = async (sku: string): Promise<StockState> => {
    const [loaded] = await stock.load([`stock-${sku}`]);
    if (!loaded) throw new Error('a load answers for each stream');
    return loaded.state;
  };
  const eventsOf = async (sku: string): Promise<number> =>
    (await store.read([{ stream: `stock-${sku}`, from: 0 }], 10_000))[0]?.length ?? 0;
  return { store, clock, stock, named, troubles, parts, receive, reserve, order, stateOf, eventsOf };
};

describe('a round', () => {
  it('ends expired holds, and leaves those that live', async () => {
    const { parts, named, clock, receive, reserve, stateOf } = openScene();
    await receive('A', 10);
    await reserve('A', 'old', 2);
    clock.advance(900);
    await reserve('A', 'young', 3);
    clock.advance(100);
    named.push('A');
    expect((await stateOf('A')).holds.size).toBe(2);
    expect(await sweepSkus(parts, never)).toBe(1);
    const { holds, balances } = await stateOf('A');
    expect([...holds.keys()]).toEqual(['web:young']);
    expect(balances.get('wh1')).toMatchObject({ sellable: 7, reserved: 3 });
  });

  it('ends more holds than one append carries', async () => {
    const { parts, named, clock, receive, reserve, stateOf } = openScene();
    const carts = 2 * expiredNeededMax + 1;
    await receive('A', carts);
    for (let cart = 0; cart < carts; cart++) await reserve('A', `c${cart}`, 1);
    clock.advance(1_000);
    named.push('A');
    expect((await stateOf('A')).holds.size).toBe(carts);
    await sweepSkus(parts, never);
    expect((await stateOf('A')).holds.size).toBe(0);
    expect((await stateOf('A')).balances.get('wh1')).toMatchObject({ sellable: carts, reserved: 0 });
  });

  it('serves the owed lines that one receipt left over', async () => {
    const { parts, named, receive, order, stateOf } = openScene();
    await receive('A', 1);
    for (let count = 0; count < 351; count++) await order('A', `o${count}`, 1);
    await receive('A', 400);
    expect((await stateOf('A')).oversold.size).toBe(250);
    named.push('A');
    await sweepSkus(parts, never);
    expect((await stateOf('A')).oversold.size).toBe(0);
  });

  it('appends nothing where the reader was wrong: a hold that lives, one that has ended, a SKU that is not there', async () => {
    const { parts, named, receive, reserve, eventsOf } = openScene();
    await receive('A', 10);
    await reserve('A', 'living', 2);
    named.push('A', 'nothing');
    const before = await eventsOf('A');
    expect(await sweepSkus(parts, never)).toBe(0);
    expect([await eventsOf('A'), await eventsOf('nothing')]).toEqual([before, 0]);
  });

  it('speaks to a few SKUs at a time, to every one once, page after page', async () => {
    const { parts, named, stock } = openScene();
    const asked: string[] = [];
    let open = 0;
    let openMost = 0;
    const execute = async (envelope: Envelope<StockCommand>): Promise<Outcome<StockState, StockRefusal>> => {
      asked.push(envelope.stream);
      openMost = Math.max(openMost, (open += 1));
      const outcome = await stock.execute(envelope);
      open -= 1;
      return outcome;
    };
    for (let sku = 0; sku < 2 * skusPerPageMax + 10; sku++) named.push(`S${sku}`);
    await sweepSkus({ ...parts, stock: { execute } }, never);
    expect(openMost).toBe(skusAtOnceMax);
    expect(asked.toSorted()).toEqual(named.map((sku) => `stock-${sku}`).toSorted());
  });

  it('tells of a SKU that fails and sweeps the next', async () => {
    const { parts, named, stock, troubles, clock, receive, reserve, stateOf } = openScene();
    for (const sku of ['A', 'B', 'C']) await receive(sku, 5).then(() => reserve(sku, 'c', 1));
    clock.advance(1_000);
    named.push('A', 'B', 'C');
    const broken = new Error('a bug in one state');
    const execute = (envelope: Envelope<StockCommand>): Promise<Outcome<StockState, StockRefusal>> =>
      envelope.stream === 'stock-B' ? Promise.reject(broken) : stock.execute(envelope);
    expect(await sweepSkus({ ...parts, stock: { execute } }, never)).toBe(2);
    expect(troubles).toEqual([new SweepFailedError('B', { cause: { kind: 'broken', error: broken } })]);
    expect((await stateOf('B')).holds.size).toBe(1);
    expect((await stateOf('C')).holds.size).toBe(0);
  });
});

/** Pauses that end when the test says so. */
const openTrigger = () => {
  const waiting: (() => void)[] = [];
  const arrived: (() => void)[] = [];
  return {
    pause: (signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
        if (signal.aborted) resolve();
        arrived.shift()?.();
      }),
    /** Resolves when the round under way is over. */
    resting: (): Promise<void> => (waiting.length > 0 ? Promise.resolve() : new Promise((met) => arrived.push(met))),
    next: (): void => waiting.shift()?.(),
  };
};

describe('the sweeper', () => {
  it('tells of a store that is away and goes on when it is back', async () => {
    const { parts, named, store, troubles, clock, receive, reserve, stateOf } = openScene();
    const { pause, resting, next } = openTrigger();
    await receive('A', 5);
    await reserve('A', 'c', 1);
    clock.advance(1_000);
    named.push('A');
    const abort = new AbortController();
    const unswept = (...asked: Parameters<SweepParts['unswept']>) => store.head().then(() => parts.unswept(...asked));
    store.faults.away(true);
    const running = runSweeper({ ...parts, unswept, pause }, abort.signal);
    await resting();
    expect(troubles).toHaveLength(1);
    next();
    await resting();
    expect(troubles).toHaveLength(2);

    store.faults.away(false);
    next();
    await resting();
    expect(troubles).toHaveLength(2);
    expect((await stateOf('A')).holds.size).toBe(0);
    abort.abort();
    await running;
  });

  it('ends the round at the first SKU whose store is away', async () => {
    const { parts, named } = openScene();
    let asked = 0;
    const execute = (): Promise<Outcome<StockState, StockRefusal>> => {
      asked += 1;
      return Promise.resolve({ kind: 'unavailable' });
    };
    for (let sku = 0; sku < 100; sku++) named.push(`S${sku}`);
    await expect(sweepSkus({ ...parts, stock: { execute } }, never)).rejects.toThrow(SweepFailedError);
    expect(asked).toBe(skusAtOnceMax);
  });

  it('stops while it rests, and in the middle of a round', async () => {
    const { parts, named, stock } = openScene();
    const { pause, resting } = openTrigger();
    const abort = new AbortController();
    const running = runSweeper({ ...parts, pause }, abort.signal);
    await resting();
    abort.abort();
    await running;

    const inRound = new AbortController();
    let asked = 0;
    const execute = (envelope: Envelope<StockCommand>): Promise<Outcome<StockState, StockRefusal>> => {
      asked += 1;
      if (asked === 10) inRound.abort();
      return stock.execute(envelope);
    };
    for (let sku = 0; sku < 100; sku++) named.push(`S${sku}`);
    await runSweeper({ ...parts, pause, stock: { execute } }, inRound.signal);
    expect(asked).toBeLessThan(10 + skusAtOnceMax);
  });
});
