import { describe, expect, it } from 'vitest';
import { type DescribedOrder } from '#channel-kit';
import { patience, valueOf } from '../../../testing/asking.js';
import { usePort } from '../../../testing/with-port.js';

const withPort = usePort();

const begunAt = Date.UTC(2026, 2, 1, 9);
const hourMillis = 3_600_000;

type Options = Parameters<typeof withPort>[1];

/** An order of three units, on a clock that the test moves. */
const placed = async (status: string, options: Options = {}) => {
  const clock = { millis: begunAt };
  const now = () => clock.millis;
  const made = await withPort({ now }, { now, ...options });
  const { shop, port } = made;
  const product = shop.createProduct({ sku: 'MUG', stock: 10 }).id;
  const lines = [{ product, quantity: 3 }];
  const { id } = await shop.createOrder({ lines, status, paymentMethod: 'bacs' });
  const line = shop.order(id)!.lines[0]!.id;
  const described = async (order = id): Promise<DescribedOrder> =>
    port.describe(valueOf(await port.order(String(order), patience()))!);
  return {
    ...{ ...made, product, id, described },
    pass: (millis: number): void => void (clock.millis += millis),
    statusTo: (to: string) => shop.updateOrder(id, { status: to }),
    refund: (quantity: number, restock = true) => shop.refund(id, { amount: 1, lines: [{ line, quantity }], restock }),
    figures: async () => {
      const [{ ordered, cancelled, shipped, refunded, restocked } = { ordered: 0 }] = (await described()).snapshot
        .lines;
      return { ordered, cancelled, shipped, refunded, restocked };
    },
  };
};

const untouched = { ordered: 3, cancelled: 0, shipped: 0, refunded: 0, restocked: 0 };

describe('an order says', () => {
  it('who it is, when it was placed, how it is to be paid, and its lines as they are listed', async () => {
    const { id, product, described } = await placed('on-hold');
    expect(await described()).toEqual({
      key: `${id}-${id}`,
      snapshot: {
        placedAt: '2026-03-01T09:00:00.000Z',
        changedAt: '2026-03-01T09:00:00.000Z',
        payment: 'pending',
        lines: [{ line: '1', ids: { product: String(product) }, ...untouched }],
      },
      ...{ isOpen: true, paymentClass: 'bacs', cart: undefined, wasPaid: false, notices: [] },
    });
  });

  it('which hold it was made of, where the module has written that', async () => {
    const { port, id } = await placed('pending');
    const reading = valueOf(await port.order(String(id), patience()))!;
    const view = { ...reading.view, reservation: '6f1b1f0e-2f6e-4c0c-9d0e-3d8a7a0a1b2c' };
    expect(port.describe({ ...reading, view }).snapshot.cart).toBe('6f1b1f0e-2f6e-4c0c-9d0e-3d8a7a0a1b2c');
    expect(port.describe(reading).snapshot).not.toHaveProperty('cart');
  });

  it.each([
    ['pending', 'pending', 0, true],
    ['on-hold', 'pending', 0, true],
    ['processing', 'paid', 0, true],
    ['completed', 'paid', 3, false],
    ['cancelled', 'cancelled', 0, false],
    ['failed', 'failed', 0, false],
    ['refunded', 'refunded', 0, false],
  ])('in status %s that it is %s, that %i units have left, and whether somebody waits: %s', async (...expected) => {
    const [status, payment, shipped, isOpen] = expected;
    const { described, figures } = await placed(status);
    expect(await described()).toMatchObject({ isOpen, notices: [], snapshot: { payment } });
    expect(await figures()).toMatchObject({ ordered: 3, shipped });
  });

  it('of variations that their product manages the product, as it is listed, and of others themselves', async () => {
    const { shop, described } = await placed('pending');
    const parent = shop.createProduct({ type: 'variable', stock: 10 }).id;
    const shared = shop.createProduct({ type: 'variation', parent }).id;
    const own = shop.createProduct({ type: 'variation', parent, stock: 10 }).id;
    const lines = [shared, own].map((variation) => ({ product: parent, variation, quantity: 1 }));
    const { id } = await shop.createOrder({ lines, status: 'processing' });
    expect((await described(id)).snapshot.lines.map(({ ids }) => ids)).toEqual([
      { product: String(parent) },
      { product: String(parent), variant: String(own) },
    ]);
  });
});

describe('a refund', () => {
  it('before the goods leave cancels its units; what was put back is said apart', async () => {
    const order = await placed('processing');
    await order.refund(1);
    expect(await order.figures()).toEqual({ ...untouched, cancelled: 1, refunded: 1, restocked: 1 });
    order.pass(hourMillis);
    await order.statusTo('completed');
    expect(await order.figures()).toEqual({ ...untouched, cancelled: 1, shipped: 2, refunded: 1, restocked: 1 });
  });

  it('after they left takes nothing of what has left', async () => {
    const order = await placed('completed');
    order.pass(hourMillis);
    await order.refund(1);
    expect(await order.figures()).toEqual({ ...untouched, shipped: 3, refunded: 1, restocked: 1 });
    order.pass(hourMillis);
    await order.statusTo('refunded');
    expect(await order.figures()).toMatchObject({ shipped: 3, refunded: 1 });
  });

  it('of more units than were sold is one of all of them', async () => {
    const order = await placed('processing');
    await order.refund(5);
    expect(await order.figures()).toEqual({ ...untouched, cancelled: 3, refunded: 3, restocked: 3 });
  });
});

it('an order whose money has come says so in whatever status', async () => {
  const order = await placed('processing');
  expect(await order.described()).toMatchObject({ wasPaid: true });
  await order.statusTo('cancelled');
  expect(await order.described()).toMatchObject({ wasPaid: true, snapshot: { payment: 'cancelled' } });
});

it('an order that goes back to a status before it was sent has kept its goods, and so has one that is cancelled', async () => {
  const order = await placed('completed');
  await order.statusTo('processing');
  expect(await order.figures()).toEqual(untouched);
  expect(await order.described()).toMatchObject({ isOpen: true });
  await order.statusTo('cancelled');
  expect(await order.figures()).toEqual(untouched);
});

describe("a status of the shop's own", () => {
  it('is told by the date of payment, with a word to a person', async () => {
    const order = await placed('processing');
    order.shop.context.orders.set(order.id, { ...order.shop.order(order.id)!, status: 'packed' });
    const { snapshot, notices, isOpen } = await order.described();
    expect([snapshot.payment, isOpen, notices.map(({ code }) => code)]).toEqual(['paid', true, ['state_unmapped']]);
  });

  it('means what a person has said', async () => {
    const states = { shipped: { payment: 'paid', issued: true } } as const;
    const order = await placed('processing', { states });
    order.shop.context.orders.set(order.id, { ...order.shop.order(order.id)!, status: 'shipped' });
    expect(await order.described()).toMatchObject({ isOpen: false, notices: [], snapshot: { payment: 'paid' } });
    expect(await order.figures()).toMatchObject({ shipped: 3 });
  });
});

describe('an order whose date somebody edits', () => {
  const edited = async (key: string) => {
    const { shop, port, id, product } = await placed('processing');
    shop.context.orders.set(id, { ...shop.order(id)!, key });
    const before = valueOf(await port.order(String(id), patience()))!;
    shop.context.orders.set(id, { ...shop.order(id)!, createdAt: begunAt - 24 * hourMillis });
    const after = valueOf(await port.order(String(id), patience()))!;
    const keys = [before, after].map((one) => port.describe(one).key);
    return { keys, moved: port.effects(before, after).get(`${product}-0`) };
  };

  it('is the same, and has moved nothing', async () => {
    const { keys, moved } = await edited('wc_order_Sz5GbfJOkxS9E');
    expect([new Set(keys).size, moved]).toEqual([1, undefined]);
  });

  it('is another one only where nothing else tells: an import left it without a key', async () => {
    const { keys, moved } = await edited('');
    expect([new Set(keys).size, moved]).toEqual([2, expect.arrayContaining([-3])]);
  });
});

describe('an order of a checkout that nobody has paid', () => {
  const bought = async (options: Options) => {
    const order = await placed('processing', options);
    const { shop, port, product } = order;
    const purchase = { checkout: 'block', gateway: 'offsite', lines: [{ product, quantity: 2 }] } as const;
    const sale = await shop.buy(purchase);
    if (sale.kind === 'refused') throw new Error(sale.code);
    const reading = valueOf(await port.order(String(sale.order.id), patience()))!;
    return { ...order, reading, row: `${product}-0` };
  };

  it('counts what the shop keeps for it until that ends', async () => {
    const { port, reading, row } = await bought({ holdStockMinutes: 60 });
    expect(port.describe(reading).changesAtMillis).toBe(begunAt + hourMillis);
    expect(port.pending(reading, begunAt)).toEqual(new Map([[row, 2]]));
    expect(port.pending(reading, begunAt + hourMillis)).toEqual(new Map());
  });

  it('counts nothing in a shop that keeps nothing, and is not looked at again by itself', async () => {
    const { port, reading } = await bought({});
    expect([port.describe(reading).changesAtMillis, port.pending(reading, begunAt).size]).toEqual([undefined, 0]);
    expect(port.describe(reading)).not.toHaveProperty('reviewAtMillis');
  });

  it('is looked at again a quarter of an hour after that has ended, as long as it is pending', async () => {
    const { port, shop, reading } = await bought({ holdStockMinutes: 60 });
    expect(port.describe(reading).reviewAtMillis).toBe(begunAt + 1.25 * hourMillis);
    await shop.updateOrder(reading.view.id, { status: 'on-hold' });
    const waiting = valueOf(await port.order(String(reading.view.id), patience()))!;
    expect(port.describe(waiting)).not.toHaveProperty('reviewAtMillis');
  });
});

describe('a shop whose clock is ahead', () => {
  it.each([
    [60_000, [], '2026-03-01T09:01:00.000Z'],
    [6 * 60_000, ['clock_ahead'], '2026-03-01T09:01:00.000Z'],
  ])('by %i ms has its dates taken for no later than the ledger takes them', async (aheadMillis, codes, placedAt) => {
    const made = await withPort({ now: () => begunAt + aheadMillis }, { now: () => begunAt });
    const product = made.shop.createProduct({ stock: 10 }).id;
    const { id } = await made.shop.createOrder({ lines: [{ product, quantity: 1 }], status: 'processing' });
    const { snapshot, notices } = made.port.describe(valueOf(await made.port.order(String(id), patience()))!);
    expect([snapshot.placedAt, snapshot.changedAt]).toEqual([placedAt, '2026-03-01T09:00:00.000Z']);
    expect(notices.map(({ code }) => code)).toEqual(codes);
  });
});
