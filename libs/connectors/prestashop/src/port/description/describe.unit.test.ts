import { describe, expect, it } from 'vitest';
import { patience, valueOf } from '../../../testing/asking.js';
import { usePort } from '../../../testing/with-port.js';
import { createPrestashopPort } from '../create-port.js';
import { type PrestashopOrder } from '../order.js';

const withPort = usePort();

const mug = { id_product: 6, id_product_attribute: 0, quantity: 3 };

const placed = async (
  state: number,
  shopOptions: Parameters<typeof withPort>[0] = {},
  options: Parameters<typeof withPort>[1] = {},
) => {
  const made = await withPort(shopOptions, options);
  const { shop, port } = made;
  const { id } = await shop.placeOrder({
    lines: [mug, { id_product: 1, id_product_attribute: 1, quantity: 1 }],
    state,
  });
  const detail = shop.linesOf(id)[0]!.id;
  const stateTo = async (to: number): Promise<void> => {
    await shop.changeState({ order: id, state: to, changer: 'back_office' });
  };
  const read = async (): Promise<PrestashopOrder> => valueOf(await port.order(String(id), patience()))!;
  const described = async () => port.describe(await read());
  const line = async () => (await described()).snapshot.lines[0]!;
  return { ...made, id, detail, stateTo, read, described, line };
};

describe('an order says', () => {
  it('which packs it sells whose own rows do not move, and no others', async () => {
    const { shop, port } = await withPort();
    const items = [{ id_product: 6, id_product_attribute: 0, quantity: 2 }];
    const [own, parts, both] = [0, 1, 2].map((type) =>
      shop.createProduct({ reference: `pack${type}`, quantity: 4, pack: { type, items } }),
    ) as [number, number, number];
    const { id } = await shop.placeOrder({
      lines: [own, parts, both].map((id_product) => ({ id_product, id_product_attribute: 0, quantity: 1 })),
      state: 2,
    });
    const order = valueOf(await port.order(String(id), patience()))!;
    const row = `${parts}-0@s1g0`;
    expect(port.describe(order).soldByParts).toEqual([row]);
    // Control: nothing that the shop does to its rows tells of it.
    expect([...port.effects(undefined, order).keys()]).not.toContain(row);
  });

  it('who it is, its cart, and its lines as they are listed', async () => {
    const { shop, id, described } = await placed(10);
    const row = shop.tables.orders.get(id)!;
    expect(await described()).toMatchObject({
      key: `${id}-${row.reference}`,
      cart: `1-${row.id_cart}`,
      snapshot: {
        payment: 'pending',
        cart: `1-${row.id_cart}`,
        lines: [
          { ids: { product: '6' }, ordered: 3, cancelled: 0, shipped: 0, refunded: 0, restocked: 0 },
          { ids: { product: '1', variant: '1' }, ordered: 1 },
        ],
      },
      isOpen: true,
      notices: [],
    });
  });

  it.each([
    [10, 'pending', 0, true],
    [2, 'paid', 0, true],
    [3, 'paid', 0, true],
    [4, 'paid', 3, false],
    [5, 'paid', 3, false],
    [6, 'cancelled', 0, false],
    [7, 'refunded', 0, false],
    [8, 'failed', 0, false],
    [9, 'paid', 0, true],
    [12, 'pending', 0, true],
  ] as const)('in state %i: %s, shipped %i, open: %s', async (state, payment, shipped, isOpen) => {
    const { described } = await placed(state);
    const { snapshot, ...rest } = await described();
    expect([snapshot.payment, snapshot.lines[0]!.shipped, rest.isOpen, rest.notices]).toEqual([
      payment,
      shipped,
      isOpen,
      [],
    ]);
  });

  it.each([
    ['delivered, then refunded', [4, 5, 7], 3],
    ['shipped, then in error', [4, 8], 3],
    ['shipped by mistake, and packed again', [4, 3], 0],
    ['shipped, then cancelled', [4, 6], 0],
    ['shipped, cancelled and refunded', [4, 6, 7], 0],
    ['shipped again', [4, 3, 4], 3],
  ] as const)('what has left: %s', async (_, states, shipped) => {
    const { stateTo, line } = await placed(2);
    for (const state of states) await stateTo(state);
    expect((await line()).shipped).toBe(shipped);
  });

  it('what was refunded before it left, by whatever counter, and what after', async () => {
    const { shop, detail, stateTo, line } = await placed(2);
    await shop.partialRefund({ detail, units: 1 });
    expect(await line()).toMatchObject({ ordered: 3, cancelled: 1, shipped: 0, refunded: 1, restocked: 1 });
    await stateTo(4);
    expect(await line()).toMatchObject({ ordered: 3, cancelled: 1, shipped: 2 });
    await shop.returnProduct({ detail, units: 1, restock: true });
    expect(await line()).toMatchObject({ ordered: 3, cancelled: 1, shipped: 2, refunded: 2, restocked: 2 });
  });

  it('that a refund while goods are packed is before they left, though the shop counts a return', async () => {
    const { shop, detail, stateTo, line } = await placed(3);
    await shop.partialRefund({ detail, units: 1, restock: false });
    expect(shop.linesOf(1)[0]).toMatchObject({ product_quantity_refunded: 0, product_quantity_return: 1 });
    expect(await line()).toMatchObject({ cancelled: 1, refunded: 1, restocked: 0 });
    shop.clock.skew(5_000);
    await stateTo(4);
    expect(await line()).toMatchObject({ cancelled: 1, shipped: 2 });
  });

  it('that nobody has mapped its state, until somebody does', async () => {
    const { shop, stateTo, described, read, client } = await placed(2);
    await stateTo(shop.createState({ name: 'in the post', paid: 1, shipped: 1 }));
    const { snapshot, notices } = await described();
    expect(snapshot).toMatchObject({ payment: 'paid', lines: [{ shipped: 3 }, { shipped: 1 }] });
    expect(notices.map(({ code }) => code)).toEqual(['state_unmapped']);
    expect(notices[0]!.detail).toContain('state 14');
    const mapped = createPrestashopPort({ client, states: { '14': { payment: 'trashed' } } });
    expect(mapped.describe(await read())).toMatchObject({
      snapshot: { payment: 'trashed' },
      notices: [],
      isOpen: false,
    });
  });

  it("moments, not the shop's wall clock, and none that is yet to come", async () => {
    const { shop, read, port } = await placed(2, { zone: 'America/New_York' });
    const order = await read();
    const { placedAt, changedAt } = port.describe(order).snapshot;
    expect(Math.abs(Date.parse(placedAt) - order.readAtMillis)).toBeLessThan(60_000);
    expect(changedAt).toBe(placedAt);
    shop.clock.skew(3_600_000);
    const { id } = await shop.placeOrder({ lines: [mug], state: 2 });
    const ahead = valueOf(await port.order(String(id), patience()))!;
    const { snapshot, notices } = port.describe(ahead);
    expect(snapshot.changedAt).toBe(new Date(ahead.readAtMillis).toISOString());
    expect(Date.parse(snapshot.placedAt)).toBeLessThanOrEqual(ahead.readAtMillis + 300_000);
    expect(notices).toMatchObject([{ code: 'clock_ahead' }]);
  });

  it('that its zone is not known', async () => {
    const { described } = await placed(2, { zone: 'UTC' });
    expect((await described()).notices).toEqual([]);
    const { shop, port } = await withPort({ zone: 'UTC' });
    shop.configure('PS_TIMEZONE', 'Middle/Earth');
    const { id } = await shop.placeOrder({ lines: [mug], state: 2 });
    expect(port.describe(valueOf(await port.order(String(id), patience()))!).notices).toMatchObject([
      { code: 'zone_unknown' },
    ]);
  });
});

it('a key is short and plain, whatever the reference is', async () => {
  const { port, read } = await placed(2);
  const known = await read();
  const { order } = known;
  const keyWith = (reference: string) =>
    port.describe({ ...known, order: { ...order, id: 2_147_483_647, reference } }).key;
  expect(keyWith('XKBKNABJK')).toBe('2147483647-XKBKNABJK');
  for (const reference of ['', 'R'.repeat(54), 'a b', 'caf\u00e9', '\n']) {
    expect(keyWith(reference)).toBe(`2147483647-${order.addedAtSeconds}`);
  }
  expect(keyWith('R'.repeat(53))).toHaveLength(64);
});
