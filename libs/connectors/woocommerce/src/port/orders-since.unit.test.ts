import { describe, expect, it } from 'vitest';
import { patience, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';

const withPort = usePort();

const begunAt = Date.UTC(2026, 2, 1, 9);

/** A shop and a port on one clock that the test moves, and what its feed tells next. */
const followed = async () => {
  const clock = { millis: begunAt };
  const now = () => clock.millis;
  const made = await withPort({ now }, { now });
  const product = made.shop.createProduct({ sku: 'MUG', stock: 1_000 }).id;
  const order = (status = 'processing') => made.shop.createOrder({ lines: [{ product, quantity: 3 }], status });
  const { id } = await order();
  let { cursors } = valueOf(await made.port.ordersSince(undefined, patience()));
  const next = async (): Promise<readonly string[]> => {
    const reading = valueOf(await made.port.ordersSince(cursors, patience()));
    expect(reading.failed).toEqual([]);
    ({ cursors } = reading);
    return reading.orders;
  };
  const pass = (millis: number): void => void (clock.millis += millis);
  pass(3_000);
  // What was there at the beginning is told once more, because its second may not have ended.
  await next();
  return { ...made, product, order, id, next, pass };
};

describe('the feed', () => {
  it('begins with nothing, and stays silent where nothing happens', async () => {
    const { port, next } = await followed();
    expect(valueOf(await port.ordersSince(undefined, patience())).orders).toEqual([]);
    expect(await next()).toEqual([]);
  });

  it('of a shop without orders begins too', async () => {
    const { port, shop } = await withPort();
    const { cursors } = valueOf(await port.ordersSince(undefined, patience()));
    const { id } = shop.createProduct({ sku: 'MUG', stock: 10 });
    const order = await shop.createOrder({ lines: [{ product: id, quantity: 1 }] });
    expect(valueOf(await port.ordersSince(cursors, patience())).orders).toEqual([String(order.id)]);
  });

  const acts = {
    'a status': ({ shop, id }) => shop.updateOrder(id, { status: 'on-hold' }),
    'an edit': ({ shop, id }) => shop.updateOrder(id, { lines: [{ id: shop.order(id)!.lines[0]!.id, quantity: 1 }] }),
    'a refund': ({ shop, id }) => shop.refund(id, { amount: 1 }),
    'a trashed order': ({ shop, id }) => Promise.resolve(shop.trashOrder(id)),
  } satisfies Record<string, (at: Awaited<ReturnType<typeof followed>>) => Promise<unknown>>;

  it.each(Object.entries(acts))('finds %s', async (_, act) => {
    const shop = await followed();
    await act(shop);
    expect(await shop.next()).toEqual([String(shop.id)]);
  });

  it('finds an order that was taken out of the trash', async () => {
    const { shop, id, next, pass } = await followed();
    shop.trashOrder(id);
    await next();
    pass(5_000);
    await next();
    shop.untrashOrder(id);
    expect(await next()).toEqual([String(id)]);
  });

  it('tells an order again whose second had not ended', async () => {
    const { shop, id, next, pass } = await followed();
    await shop.updateOrder(id, { status: 'on-hold' });
    expect(await next()).toEqual([String(id)]);
    await shop.updateOrder(id, { status: 'cancelled' });
    expect(await next()).toEqual([]);
    pass(2_000);
    expect(await next()).toEqual([String(id)]);
    pass(2_000);
    expect(await next()).toEqual([]);
  });

  it('tells no cart that somebody is still filling, and the order that it becomes', async () => {
    const { shop, order, next, pass } = await followed();
    const { id } = await order('checkout-draft');
    expect(await next()).toEqual([]);
    pass(1_000);
    await shop.updateOrder(id, { status: 'pending' });
    expect(await next()).toEqual([String(id)]);
  });

  it('finds every order of a second in which more were changed than a page holds', async () => {
    const { order, next, pass } = await followed();
    const ids: string[] = [];
    for (let at = 0; at < 250; at += 1) {
      if (at === 20 || at === 240) pass(1_000);
      ids.push(String((await order()).id));
    }
    expect([...(await next())].sort()).toEqual(ids.sort());
  });

  it('loses none while others that were told change between two pages', async () => {
    const { shop, client, order, next, pass } = await followed();
    const ids: number[] = [];
    for (let at = 0; at < 150; at += 1) {
      pass(100);
      ids.push((await order()).id);
    }
    const { send } = client;
    let pages = 0;
    Object.assign(client, {
      send: async (...given: Parameters<typeof send>) => {
        const answer = await send(...given);
        pages += 1;
        if (pages === 1) for (const id of ids.slice(0, 30)) await shop.updateOrder(id, { status: 'completed' });
        return answer;
      },
    });
    expect(new Set(await next())).toEqual(new Set(ids.map(String)));
  });

  it('says nothing of an order that was deleted for good: whoever reads it again finds that it is gone', async () => {
    const { shop, port, id, next } = await followed();
    shop.deleteOrder(id);
    expect(await next()).toEqual([]);
    expect(valueOf(await port.order(String(id), patience()))).toBeUndefined();
  });
});

it('an order in the trash is read as one that was thrown away, and has kept its units', async () => {
  const { shop, port, id, product } = await followed();
  const before = valueOf(await port.order(String(id), patience()))!;
  shop.trashOrder(id);
  const after = valueOf(await port.order(String(id), patience()))!;
  expect(port.describe(after)).toMatchObject({ isOpen: false, snapshot: { payment: 'trashed' } });
  expect([port.effects(before, after).size, shop.product(product).stock]).toEqual([0, 997]);
});
