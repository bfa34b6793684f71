import { describe, expect, it } from 'vitest';
import { patience, valueOf } from '../../../testing/asking.js';
import { usePort } from '../../../testing/with-port.js';
import { overlapSeconds } from './overlap.js';

const withPort = usePort();

const lines = [{ id_product: 6, id_product_attribute: 0, quantity: 3 }];

const followed = async (options: Parameters<typeof withPort>[0] = {}) => {
  const clock = { millis: Date.now() };
  const made = await withPort(options, { now: () => clock.millis });
  const { id } = await made.shop.placeOrder({ lines, state: 2 });
  const detail = made.shop.linesOf(id)[0]!.id;
  let { cursors } = valueOf(await made.port.ordersSince(undefined, patience()));
  const next = async () => {
    const reading = valueOf(await made.port.ordersSince(cursors, patience()));
    ({ cursors } = reading);
    return reading;
  };
  // What was there at the beginning is told once more, because its second may not have ended.
  clock.millis += 3_000;
  await next();
  return { ...made, id, detail, next, clock };
};

describe('the feed', () => {
  it('begins with nothing, and stays silent where nothing happens', async () => {
    const { port, next } = await followed();
    expect(valueOf(await port.ordersSince(undefined, patience())).orders).toEqual([]);
    expect(await next()).toMatchObject({ orders: [], failed: [] });
  });

  const acts = {
    'a state': async ({ shop, id }) => shop.changeState({ order: id, state: 3, changer: 'webservice' }),
    'an edit': async ({ shop, id }) => {
      shop.clock.skew(5_000);
      return shop.addProduct(id, lines[0]!);
    },
    'a refund with a slip': async ({ shop, detail }) => shop.partialRefund({ detail, units: 1 }),
    'a refund without one': async ({ shop, detail }) => shop.partialRefund({ detail, units: 1, voucherOnly: true }),
  } satisfies Record<string, (at: Awaited<ReturnType<typeof followed>>) => Promise<unknown>>;

  it.each(Object.entries(acts))('finds %s', async (_, act) => {
    const followedShop = await followed();
    expect(await act(followedShop)).toMatchObject({ kind: 'done' });
    expect((await followedShop.next()).orders).toEqual([String(followedShop.id)]);
  });

  it('finds what only the counters show once a day', async () => {
    const { shop, detail, id, next, clock } = await followed();
    const line = shop.linesOf(id)[0]!;
    shop.tables.details.put({ ...line, id: detail, product_quantity_reinjected: 1 });
    expect((await next()).orders).toEqual([]);
    clock.millis += 86_400_000;
    expect((await next()).orders).toEqual([String(id)]);
    expect((await next()).orders).toEqual([]);
  });

  it('tells an order again whose second had not ended', async () => {
    const { shop, next, clock } = await followed();
    const { id } = await shop.placeOrder({ lines, state: 2 });
    expect((await next()).orders).toEqual([String(id)]);
    expect((await next()).orders).toEqual([]);
    clock.millis += 2_000;
    expect((await next()).orders).toEqual([String(id)]);
    clock.millis += 2_000;
    expect((await next()).orders).toEqual([]);
  });

  it('finds a row that was committed after one with a greater id', async () => {
    const { shop, id, next } = await followed();
    await shop.changeState({ order: id, state: 3, changer: 'webservice' });
    const late = shop.tables.histories.all().at(-1)!;
    shop.tables.histories.remove(late.id);
    const other = await shop.placeOrder({ lines, state: 2 });
    await next();
    shop.tables.histories.put(late);
    expect((await next()).orders).toContain(String(id));
    expect(other.id).not.toBe(id);
  });

  it.each(['order_histories', 'orders', 'order_slip', 'stock_movements'])(
    'keeps the cursor of %s while that fails, and says that it is not fresh',
    async (resource) => {
      const { server, shop, detail, id, next } = await followed();
      const heal = server.faults.add({ fault: { kind: 'away', status: 500 }, resource });
      shop.clock.skew(5_000);
      await shop.partialRefund({ detail, units: 1 });
      await shop.changeState({ order: id, state: 3, changer: 'webservice' });
      const stale = await next();
      expect(stale.failed).toMatchObject([{ source: resource, trouble: { code: 'server_error' } }]);
      expect(stale.orders).toEqual([String(id)]);
      heal();
      expect(await next()).toMatchObject({ orders: [String(id)], failed: [] });
    },
  );

  it('does not begin while a source is away', async () => {
    const { port, server } = await withPort();
    server.faults.add({ fault: { kind: 'away', status: 500 }, resource: 'stock_movements' });
    expect(await port.ordersSince(undefined, patience())).toMatchObject({ kind: 'trouble' });
  });

  const restoredAfter = async (orders: number) => {
    const made = await followed();
    const backup = made.shop.backup();
    for (let at = 0; at < orders; at += 1) await made.shop.placeOrder({ lines, state: 2 });
    const last = made.shop.tables.histories.all().at(-1)!.id;
    const { cursors } = await made.next();
    made.shop.restore(backup);
    made.shop.clock.skew(10_000);
    return { ...made, last, cursors };
  };

  it('says that a shop was restored where nothing is left of what it saw, and goes on when it is begun anew', async () => {
    const { port, shop, next, last, cursors } = await restoredAfter(120);
    const kept = shop.tables.histories.all().at(-1)!.id;
    for (let again = 0; again < 2; again += 1) {
      const wentBack = { source: 'order_histories', from: String(last), to: String(kept) };
      expect(await next()).toMatchObject({ wentBack, cursors });
    }
    const anew = valueOf(await port.ordersSince(undefined, patience()));
    const { id } = await shop.placeOrder({ lines, state: 2 });
    const reading = valueOf(await port.ordersSince(anew.cursors, patience()));
    expect(reading.wentBack).toBeUndefined();
    expect(reading.orders).toContain(String(id));
  });

  it('says so where little was lost, as soon as an id comes again', async () => {
    const { shop, next, last, cursors } = await restoredAfter(3);
    expect((await next()).wentBack).toBeUndefined();
    const { id } = await shop.placeOrder({ lines, state: 2 });
    const wentBack = { source: 'order_histories', from: String(last), to: String(last - 3) };
    const reading = await next();
    expect(reading).toMatchObject({ wentBack, cursors: { order_histories: cursors['order_histories'] } });
    expect(reading.orders).toContain(String(id));
  });

  it('control: rows that somebody deleted, and rows that come late, are no restore', async () => {
    const { shop, id, next } = await followed();
    for (let at = 0; at < 5; at += 1) await shop.changeState({ order: id, state: 3, changer: 'webservice' });
    await next();
    const rows = shop.tables.histories.all();
    for (const row of rows.slice(-3)) shop.tables.histories.remove(row.id);
    expect((await next()).wentBack).toBeUndefined();
    shop.tables.histories.put(rows.at(-1)!);
    expect((await next()).wentBack).toBeUndefined();
  });
});

describe('what is read again', () => {
  it('is 5 minutes, and more than an hour where clocks change or nobody knows', () => {
    const change = Date.UTC(2026, 9, 25, 1);
    expect(overlapSeconds('Europe/Paris', change - 86_400_000)).toBe(300);
    expect(overlapSeconds('Europe/Paris', change - 1_800_000)).toBe(3_900);
    expect(overlapSeconds('Europe/Paris', change + 7_200_000)).toBe(3_900);
    expect(overlapSeconds('Europe/Paris', change + 4 * 3_600_000)).toBe(300);
    expect([overlapSeconds('nowhere', change), overlapSeconds(undefined, change)]).toEqual([3_900, 3_900]);
  });
});
