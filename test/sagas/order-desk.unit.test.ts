import { beforeEach, describe, expect, test } from 'vitest';
import type { EventStore, Position } from '#event-sourcing';
import type { MemoryStore } from '#event-store/memory';
import type { RecordOrder, Snapshot, SnapshotLine } from '#orders';
import type { StockState } from '#stock';
import { plainDigest } from '#testing';
import {
  book,
  callerWith,
  clock,
  committed,
  freshStore,
  lengthOf,
  receive,
  sellable,
  startProcess,
  stockStream,
  withRecipe,
  type Process,
} from './ledger-process.js';
import {
  createDeliveries,
  createOrderDesk,
  createWaitingOrders,
  runOrderBackstop,
  runOrderResolver,
  type BackstopCheckpoint,
  type OrderBackstopDeps,
  type Undeliverable,
} from '../../apps/ledger/src/orders/index.js';

let store: MemoryStore;
let ledger: Process;

beforeEach(async () => {
  store = freshStore();
  ledger = startProcess(store);
  await receive(ledger, 'A', 10);
  await receive(ledger, 'B', 10);
});

const line = (id: string, product: SnapshotLine['product'], ordered: number, more = {}): SnapshotLine => ({
  line: id,
  product,
  ordered,
  cancelled: 0,
  ...more,
});
const one = (sku: string) => ({ sku, unitsPerSale: 1 });
const order = (
  version: number,
  lines: readonly SnapshotLine[],
  more: Partial<Snapshot> = {},
): Omit<RecordOrder, 'kind' | 'hash'> => ({
  connection: 'shop',
  channel: 'web',
  orderKey: '77',
  snapshot: { version, placedAt: clock.now(), changedAt: clock.now(), payment: 'paid', lines, ...more },
});
const record = (command: ReturnType<typeof order>, by: Process = ledger) => by.desk.record(command, callerWith('o1'));

/** Where a subscription has come to; `reached` resolves once it has saved the end of the log. */
const createCheckpoint = (): BackstopCheckpoint & { readonly reached: (head: Position) => Promise<void> } => {
  let saved: Position | undefined;
  return {
    load: () => Promise.resolve(saved),
    save: (after) => {
      saved = after;
      return Promise.resolve();
    },
    reached: (head) => expect.poll(() => (saved ?? '') >= head).toBe(true),
  };
};

/** Runs a subscription until it has taken in all that the log has now. */
const untilHead = async (
  log: EventStore,
  run: (checkpoint: BackstopCheckpoint, signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  const checkpoint = createCheckpoint();
  const abort = new AbortController();
  const running = run(checkpoint, abort.signal);
  await checkpoint.reached((await log.head()) ?? '');
  abort.abort();
  await running;
};

const backstopOf = (process: Process, more: Partial<OrderBackstopDeps<StockState>> = {}) => {
  const undeliverable: Undeliverable[] = [];
  const deps = {
    store,
    clock,
    stock: process.stock,
    stockStream,
    digest: plainDigest,
    deliveries: createDeliveries(),
    onUndeliverable: (each: Undeliverable) => void undeliverable.push(each),
    ...more,
  };
  return {
    undeliverable,
    run: () => untilHead(store, (checkpoint, signal) => runOrderBackstop({ ...deps, checkpoint }, signal)),
  };
};

describe('an order', () => {
  test('answers per line: committed, unsourced, unmapped', async () => {
    const answer = await record(
      order(1, [
        line('L1', one('A'), 3),
        line('L2', one('B'), 12),
        line('L3', { ids: { product: 'p9' } }, 1),
        line('L4', one('A'), 1),
      ]),
    );
    expect(answer).toMatchObject({
      kind: 'recorded',
      version: 1,
      changed: true,
      opened: true,
      lines: [
        { line: 'L1', status: 'committed', sku: 'A', committed: 3, unsourced: 0, issued: 0 },
        { line: 'L2', status: 'unsourced', sku: 'B', committed: 10, unsourced: 2 },
        { line: 'L3', status: 'unmapped' },
        { line: 'L4', status: 'committed', sku: 'A', committed: 1 },
      ],
    });
    expect([await sellable(store, 'A'), await committed(store, 'A')]).toEqual([6, 4]);
    expect([await sellable(store, 'B'), await committed(store, 'B')]).toEqual([0, 10]);
    expect(await sellable(store, 'B', 'unsourced:web')).toBe(-2);
  });

  test('of a bundle answers in whole bundles, and by component', async () => {
    const selling = startProcess(store, () => withRecipe(book, 'K', { sku: 'A', units: 3 }, { sku: 'B', units: 1 }));
    const answer = await record(order(1, [line('L1', one('K'), 4)]), selling);
    expect(answer).toMatchObject({
      lines: [
        {
          ...{ line: 'L1', key: 'L1', sku: 'K', status: 'unsourced', committed: 3, unsourced: 1, issued: 0 },
          components: [
            { sku: 'A', status: 'unsourced', committed: 10, unsourced: 2, issued: 0 },
            { sku: 'B', status: 'committed', committed: 4, unsourced: 0, issued: 0 },
          ],
        },
      ],
    });
    expect([await committed(store, 'A'), await committed(store, 'B')]).toEqual([10, 4]);
    expect(await record(order(2, [line('L1', one('K'), 4, { cancelled: 4 })]))).toMatchObject({
      lines: [{ status: 'committed', committed: 0, unsourced: 0 }],
    });
    expect([await sellable(store, 'A'), await sellable(store, 'B')]).toEqual([10, 10]);
  });

  test('again, and late, it changes nothing and answers how things stand', async () => {
    const first = order(1, [line('L1', one('A'), 3)]);
    await record(first);
    await record(order(2, [line('L1', one('A'), 2)]));
    const before = await lengthOf(store, 'stock-A');
    expect(await record(first)).toMatchObject({
      changed: false,
      version: 2,
      lines: [{ status: 'committed', committed: 2 }],
    });
    expect(await lengthOf(store, 'stock-A')).toBe(before);
  });

  test('of somebody else is refused, and nothing is stored', async () => {
    expect(await record({ ...order(1, [line('L1', one('A'), 3)]), connection: 'erp' })).toMatchObject({
      kind: 'failed',
      failure: { kind: 'refused', refusal: { code: 'not_author' } },
    });
    expect(await lengthOf(store, 'order-web-77')).toBe(0);
  });

  test('whose SKU does not answer is recorded all the same, and the line is pending', async () => {
    const desk = createOrderDesk({
      ...ledger.deskDeps,
      stock: { ...ledger.stock, execute: () => Promise.resolve({ kind: 'busy', retryAfterMillis: 5 }) },
    });
    expect(await desk.record(order(1, [line('L1', one('A'), 3)]), callerWith('o1'))).toMatchObject({
      kind: 'recorded',
      lines: [{ line: 'L1', status: 'pending', sku: 'A' }],
    });
  });
});

describe("a crash between an order's append and its SKUs'", () => {
  /** What a process that has died answers. */
  const never = new Promise<never>(() => undefined);
  const dying = async (): Promise<void> => {
    const desk = createOrderDesk({
      ...ledger.deskDeps,
      stock: {
        ...ledger.stock,
        execute: (envelope) => (envelope.stream === 'stock-B' ? never : ledger.stock.execute(envelope)),
      },
    });
    void desk.record(order(1, [line('L1', one('A'), 3), line('L2', one('B'), 2)]), callerWith('o1'));
    await expect.poll(() => committed(store, 'A')).toBe(3);
  };

  test('the backstop of the next process brings every target to its SKU, once', async () => {
    await dying();
    expect(await committed(store, 'B')).toBe(0);
    const next = startProcess(store);
    await backstopOf(next).run();
    expect([await committed(store, 'A'), await committed(store, 'B')]).toEqual([3, 2]);
    const before = [await lengthOf(store, 'stock-A'), await lengthOf(store, 'stock-B')];
    await backstopOf(next).run();
    expect([await lengthOf(store, 'stock-A'), await lengthOf(store, 'stock-B')]).toEqual(before);
  });

  test('control: without a backstop the second SKU never hears of it', async () => {
    await dying();
    startProcess(store);
    expect(await committed(store, 'B')).toBe(0);
  });

  test('the backstop waits where others are told busy', async () => {
    await dying();
    let turnedAway = 3;
    const stock: Process['stock'] = {
      ...ledger.stock,
      execute: (envelope) =>
        turnedAway-- > 0 ? Promise.resolve({ kind: 'busy', retryAfterMillis: 5 }) : ledger.stock.execute(envelope),
    };
    await backstopOf(ledger, { stock }).run();
    expect(await committed(store, 'B')).toBe(2);
  });

  test('what a SKU refuses for good is put aside, and the others arrive', async () => {
    await dying();
    const stock: Process['stock'] = {
      ...ledger.stock,
      execute: (envelope) =>
        envelope.stream === 'stock-A'
          ? Promise.resolve({ kind: 'refused', refusal: { code: 'unknown_sku' }, revision: 0 })
          : ledger.stock.execute(envelope),
    };
    const backstop = backstopOf(ledger, { stock });
    await backstop.run();
    expect(backstop.undeliverable.map(({ sku }) => sku)).toEqual(['A']);
    expect(await committed(store, 'B')).toBe(2);
  });

  test('what the handler has delivered is not sent again', async () => {
    await record(order(1, [line('L1', one('A'), 3)]));
    let sent = 0;
    const stock: Process['stock'] = {
      ...ledger.stock,
      execute: (envelope) => {
        sent += 1;
        return ledger.stock.execute(envelope);
      },
    };
    await backstopOf(ledger, { stock, deliveries: ledger.deskDeps.deliveries }).run();
    expect(sent).toBe(0);
    await backstopOf(ledger, { stock }).run();
    expect(sent).toBe(1);
  });
});

describe('a line that waits for its listing', () => {
  const waits = line('L1', { ids: { product: 'p9' } }, 2);
  const map = (sku: string, unitsPerSale: number) =>
    ledger.listings.execute({
      ...callerWith(`map ${sku}`, 'operator'),
      stream: 'listing-web-p9',
      command: { kind: 'map_listing', channel: 'web', ids: { product: 'p9' }, sku, unitsPerSale },
      guard: 'id',
    });
  const resolver = () =>
    untilHead(store, (checkpoint, signal) =>
      runOrderResolver({ store, checkpoint, waiting: createWaitingOrders(), desk: ledger.desk, clock }, signal),
    );

  test('commits when the listing appears, in units per sale, and stays with its SKU', async () => {
    await record(order(1, [waits]));
    await resolver();
    expect(await committed(store, 'A')).toBe(0);
    await map('A', 3);
    await resolver();
    expect(await committed(store, 'A')).toBe(6);
    await map('B', 1);
    await resolver();
    await record(order(2, [{ ...waits, cancelled: 1 }]));
    expect([await committed(store, 'A'), await committed(store, 'B')]).toEqual([3, 0]);
  });

  test('a listing that is there already is read when the order is recorded', async () => {
    await map('A', 3);
    expect(await record(order(1, [waits]))).toMatchObject({ lines: [{ status: 'committed', committed: 6 }] });
  });
});

describe('an order that is too large for one append', () => {
  const lines = Array.from({ length: 2_000 }, (_, index) => line(String(index).padEnd(60, '-'), one('A'), 0));
  const large = order(1, [...lines.slice(1), line('last', one('A'), 3)], { cart: 'c9' });

  test('is told to its SKU whole, and was opened by the snapshot that was sent', async () => {
    const answer = await record(large);
    expect(answer).toMatchObject({ kind: 'recorded', version: 1, opened: true, changed: true });
    expect('lines' in answer && answer.lines.every(({ status }) => status === 'committed')).toBe(true);
    expect(await committed(store, 'A')).toBe(3);
    expect(await record(large)).toMatchObject({ opened: false, changed: false });
  });

  test('left between two appends by a crash, is brought to its end by the resolver and told by the backstop', async () => {
    const stream = 'order-web-77';
    let appends = 0;
    const append: EventStore['append'] = (writes) => {
      if (writes.some((write) => write.stream === stream) && (appends += 1) > 1) return new Promise(() => undefined);
      return store.append(writes);
    };
    void startProcess({ ...store, append }).desk.record(large, callerWith('o1'));
    await expect.poll(() => appends).toBe(2);
    const left = (await store.read([{ stream, from: 0 }]))[0]?.map(({ type }) => type);
    expect(left).toEqual(['OrderRecorded', 'OrderLinesResolved']);

    const after = startProcess(store);
    await untilHead(store, (checkpoint, signal) =>
      runOrderResolver({ store, checkpoint, waiting: createWaitingOrders(), desk: after.desk, clock }, signal),
    );
    expect(await lengthOf(store, stream)).toBe(3);
    expect(await committed(store, 'A')).toBe(3);
  });
});

test('the first order of a cart says what it has consumed', async () => {
  const consumed: unknown[] = [];
  const desk = createOrderDesk({ ...ledger.deskDeps, onConsumed: (each) => void consumed.push(each) });
  await desk.record(order(1, [line('L1', one('A'), 3)], { cart: 'c9' }), callerWith('o1'));
  await desk.record(order(2, [line('L1', one('A'), 2)], { cart: 'c9' }), callerWith('o2'));
  expect(consumed).toEqual([{ channel: 'web', orderKey: '77', cart: 'c9', skus: ['A'] }]);
});
