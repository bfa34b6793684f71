import { expect, it } from 'vitest';
import type { Shop } from '../shop/shop.js';
import { checks } from './checks.js';
import { asRecorded, openShop } from './play.js';
import { restChapters } from './rest-chapters.js';
import { givenFor } from './rest-given.js';
import { replay } from './rest-replay.js';
import { openRestWorld, type RestWorld } from './rest-world.js';

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

const brokenWorlds: Readonly<Record<string, (world: RestWorld) => RestWorld>> = {
  'keeps no stock': (world) => {
    world.shop.configure({ managesStock: false });
    return world;
  },
  'begins with one unit less': (world) => {
    world.shop.setStock(12, 97);
    return world;
  },
  'is in another zone': (world) => {
    world.shop.configure({ zoneMinutes: -120 });
    return world;
  },
  'counts in parts': (world) => {
    world.shop.configure({ countsParts: true });
    return world;
  },
  'lets every key do everything': (world) => {
    const all = [...world.rest.keys].map(([name, key]) => [name, { ...key, rights: 'read_write' }] as const);
    return { ...world, rest: { ...world.rest, keys: new Map(all) } };
  },
  'believes to be elsewhere': (world) => ({ ...world, rest: { ...world.rest, base: 'http://elsewhere.test' } }),
};

it.each(Object.entries(brokenWorlds))('control: behind REST, a shop that %s is found', async (_, change) => {
  const found: string[] = [];
  for (const { records, prepare } of restChapters()) {
    const world = change(openRestWorld());
    await prepare(world);
    for (const { record } of records) {
      await givenFor(record, world);
      await replay(record, world).catch(() => found.push(record.name));
    }
  }
  expect(found).not.toEqual([]);
});
