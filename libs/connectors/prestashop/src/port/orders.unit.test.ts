import { describe, expect, it } from 'vitest';
import { createGate } from '../../../../../test/servers/prestashop/index.js';
import { patience, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';

const withPort = usePort();

const mug = [{ id_product: 6, id_product_attribute: 0, quantity: 3 }];

describe('an order', () => {
  it('is kept as plain JSON, and two readings of it say what the shop did', async () => {
    const { port, shop } = await withPort();
    const { id } = await shop.placeOrder({ lines: mug, state: 10 });
    const before = valueOf(await port.order(String(id), patience()))!;
    expect(JSON.parse(JSON.stringify(before))).toEqual(before);
    expect(port.effects(undefined, before)).toEqual(new Map([['6-0@s1g0', [-3]]]));
    await shop.changeState({ order: id, state: 6, changer: 'back_office' });
    const after = valueOf(await port.order(String(id), patience()));
    expect(port.effects(before, after)).toEqual(new Map([['6-0@s1g0', [3]]]));
  });

  it('that is gone is undefined, and moved nothing', async () => {
    const { port, shop } = await withPort();
    const { id } = await shop.placeOrder({ lines: mug, state: 2 });
    const before = valueOf(await port.order(String(id), patience()));
    shop.tables.orders.remove(id);
    const after = valueOf(await port.order(String(id), patience()));
    expect(after).toBeUndefined();
    expect(port.effects(before, after)).toEqual(new Map());
  });

  it('of an id that came again after a restore is another order', async () => {
    const { port, shop } = await withPort();
    const backup = shop.backup();
    const first = await shop.placeOrder({ lines: mug, state: 2 });
    const before = valueOf(await port.order(String(first.id), patience()))!;
    shop.restore(backup);
    shop.clock.skew(60_000);
    const second = await shop.placeOrder({ lines: [{ ...mug[0]!, quantity: 1 }], state: 2 });
    expect(second.id).toBe(first.id);
    const after = valueOf(await port.order(String(second.id), patience()));
    expect(port.effects(before, after)).toEqual(new Map([['6-0@s1g0', [-1]]]));
  });

  it('is pending until its first history row', async () => {
    const { port, shop } = await withPort();
    const gate = createGate(({ point }) => point === 'history');
    shop.pauseWith(gate.pause);
    const placing = shop.placeOrder({ lines: mug, state: 2 });
    await gate.arrived();
    const cursors = valueOf(await port.ordersSince(undefined, patience())).cursors;
    const begun = valueOf(await port.order('1', patience()))!;
    expect(port.pending(begun, Date.now())).toEqual(new Map([['6-0@s1g0', 3]]));
    expect(port.effects(undefined, begun)).toEqual(new Map([['6-0@s1g0', [-3, 0]]]));
    gate.open();
    const { id } = await placing;
    const made = valueOf(await port.order(String(id), patience()))!;
    expect(port.pending(made, Date.now())).toEqual(new Map());
    expect(valueOf(await port.ordersSince(cursors, patience())).orders).toContain(String(id));
  });

  it('in a state that was made since is read with that state', async () => {
    let now = 1_000_000;
    const { port, shop } = await withPort({}, { now: () => now });
    const { id } = await shop.placeOrder({ lines: mug, state: 6 });
    const before = valueOf(await port.order(String(id), patience()));
    const state = shop.createState({ name: 'packed', logable: 1 });
    await shop.changeState({ order: id, state, changer: 'back_office' });
    now += 60_000;
    const after = valueOf(await port.order(String(id), patience()));
    expect(port.effects(before, after)).toEqual(new Map([['6-0@s1g0', [-3]]]));
  });

  it('of another shop of the installation is not there', async () => {
    const { port, shop } = await withPort({}, { shopId: 1 });
    const group = shop.createShopGroup({ name: 'other', sharesStock: false });
    const second = shop.createShop({ name: 'second', group });
    const { id } = await shop.placeOrder({ lines: mug, state: 2, shop: second });
    expect(valueOf(await port.order(String(id), patience()))).toBeUndefined();
  });
});
