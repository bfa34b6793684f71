import { expect, it } from 'vitest';
import type { Shop } from '../shop/shop.js';
import { checks } from './checks.js';
import { asRecorded, openShop } from './play.js';

/** Shops that are right but for one thing. */
const broken: Readonly<Record<string, (shop: Shop) => Partial<Shop>>> = {
  'puts units back whatever a refund says': ({ refund }) => ({
    refund: (id, asked) => refund(id, { ...asked, restock: true }),
  }),
  'gives back what is thrown away': ({ trashOrder, updateOrder }) => ({
    trashOrder: (id) => {
      void updateOrder(id, { status: 'cancelled' });
      trashOrder(id);
    },
  }),
  'takes an order for paid that is on hold': ({ order, updateOrder }) => ({
    updateOrder: (id, edit) =>
      updateOrder(id, edit.setPaid === true && order(id)?.status === 'on-hold' ? { status: 'processing' } : edit),
  }),
  'sells one unit less': ({ createOrder }) => ({
    createOrder: (asked) =>
      createOrder({ ...asked, lines: asked.lines.map((line) => ({ ...line, quantity: (line.quantity ?? 1) - 1 })) }),
  }),
  'keeps an item of the back office in stock for ever': () => ({ saveForm: () => undefined }),
  'leaves an unpaid order where it should wait for its bank': ({ buy }) => ({
    buy: (purchase) => buy({ ...purchase, gateway: 'offsite' }),
  }),
};

it.each(Object.entries(broken))('control: a shop that %s is found', async (_, change) => {
  const found: string[] = [];
  for (const { name, play } of checks) {
    const shop = openShop(asRecorded);
    await play({ ...shop, ...change(shop) }, asRecorded).catch(() => found.push(name));
  }
  expect(found).not.toEqual([]);
  expect(found.length).toBeLessThan(checks.length);
});
