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

  it('counts nothing in a shop that keeps nothing', async () => {
    const { port, reading } = await bought({});
    expect([port.describe(reading).changesAtMillis, port.pending(reading, begunAt).size]).toEqual([undefined, 0]);
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
