import { afterEach, describe, expect, it } from 'vitest';
import { startWooCommerceSeller, type WooCommercePlugin, type WooCommerceSeller } from './woocommerce-seller.js';

let seller: WooCommerceSeller | undefined;
afterEach(() => seller?.server.stop());

const open = async (stock: Readonly<Record<string, number>>, isHeld?: boolean) => {
  const opened = await startWooCommerceSeller({
    ...{ channel: 'web', stock: new Map(Object.entries(stock)), asksFirst: isHeld !== undefined },
  });
  seller = opened;
  const asked: string[] = [];
  const plugin: WooCommercePlugin = {
    hold: (_, lines) => {
      asked.push(`hold ${lines.map(({ sku, quantity }) => `${quantity} ${sku}`).join(', ')}`);
      return Promise.resolve(isHeld === true);
    },
    letGo: () => Promise.resolve(void asked.push('let go')),
    tell: () => void asked.push('tell'),
  };
  if (isHeld !== undefined) opened.install(plugin);
  const { shop } = opened.server;
  return { ...opened, shop, asked, mug: opened.productOf('mug') };
};

describe('a shop of WooCommerce in the demo', () => {
  it('holds a cart before its order is made, writes the hold into the order, and tells of it', async () => {
    const { visit, shop, asked, shown, sold } = await open({ mug: 5 }, true);
    const bought = [{ sku: 'mug', units: 2 }];
    expect(await visit(bought)).toEqual({ bought, missed: 0, turnedBack: false });
    expect(asked).toEqual(['hold 2 mug', 'tell']);
    const [order] = shop.context.orders.values();
    expect(order?.meta['_stockledger_reservation']).toMatch(/^[0-9a-f-]{36}$/u);
    expect([shown().get('mug'), sold().get('mug')]).toEqual([3, 2]);
  });

  it('makes no order of a cart that the ledger does not hold', async () => {
    const { visit, asked, orders, shown } = await open({ mug: 5 }, false);
    expect(await visit([{ sku: 'mug', units: 2 }])).toEqual({ bought: [], missed: 0, turnedBack: true });
    expect([asked, orders(), shown().get('mug')]).toEqual([['hold 2 mug'], 0, 5]);
  });

  it('gives a held cart up that the shop itself refuses', async () => {
    const { visit, shop, asked, orders, mug } = await open({ mug: 5 }, true);
    const visited = visit([{ sku: 'mug', units: 2 }]);
    shop.setStock(mug, 0);
    expect(await visited).toEqual({ bought: [], missed: 0, turnedBack: true });
    expect([asked, orders()]).toEqual([['hold 2 mug', 'let go'], 0]);
  });

  it('has some pay on a page elsewhere: the order is there before its money is', async () => {
    const { visit, shop, asked, sold } = await open({ mug: 9 }, true);
    for (let nth = 1; nth <= 3; nth += 1) await visit([{ sku: 'mug', units: 1 }]);
    expect(asked.filter((what) => what === 'tell')).toHaveLength(4);
    const paidBy = [...shop.context.orders.values()].map(({ paymentMethod, status }) => `${paymentMethod} ${status}`);
    expect(paidBy).toEqual(['card processing', 'card processing', 'offsite processing']);
    expect(sold().get('mug')).toBe(3);
  });

  it('control: without the plugin two shoppers at its two checkouts both get the last unit', async () => {
    const { visit, shop, sold, mug } = await open({ mug: 1 });
    const both = await Promise.all([visit([{ sku: 'mug', units: 1 }]), visit([{ sku: 'mug', units: 1 }])]);
    expect(both.map(({ bought }) => bought.length)).toEqual([1, 1]);
    expect([sold().get('mug'), shop.product(mug).stock]).toEqual([2, -1]);
  });
});
