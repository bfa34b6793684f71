import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backup } from '../servers/prestashop/index.js';
import { openHouse, type House } from './house.js';
import { states } from './town.js';

let house: House;
let product: number;
let backup: Backup;

beforeAll(async () => {
  house = await openHouse();
  const { ledger, shop } = house;
  product = shop.shop.createProduct({ reference: 'X', quantity: 1_000 });
  const opening = { kind: 'receipt', location: 'wh1', sku: 'X', quantity: 1_000, sourceKey: 'opening' };
  await ledger.ok('POST', '/v1/movements', opening);
  await ledger.ok('PUT', '/v1/channels/web/listings', { listings: [{ product: String(product), sku: 'X' }] });
  // One is open before anybody reads the shop, and taken in by nobody: whoever begins reads the newest again, which is over.
  house.nextOrder(5_014);
  await daysAgo(2, () => house.order(product, 1, states.paid));
  await daysAgo(1, () => house.order(product, 1, states.cancelled));
  await house.connect('web');
  await house.climb('web', 'live');
});
afterAll(() => house.stop());

const daysAgo = async (days: number, act: () => Promise<unknown>): Promise<void> => {
  const { clock } = house.shop.shop;
  clock.skew(-days * 86_400_000);
  await act();
  clock.skew(0);
};

const sell = async (count: number): Promise<void> => {
  for (let nth = 0; nth < count; nth += 1) await house.order(product, 1, states.paid);
};
const worker = async (): Promise<unknown> =>
  ((await house.ledger.ok('GET', '/v1/channels/web/connector')) as { readonly worker: unknown }).worker;
const connection = async (): Promise<unknown> =>
  ((await house.ledger.ok('GET', '/v1/channels/web/connector')) as { readonly connection: unknown }).connection;
const isCommitted = (committed: number): Promise<void> =>
  expect.poll(() => house.stock('X')).toMatchObject([{ sellable: 1_000 - committed, committed }]);
const highest = (): number => Math.max(...house.shop.shop.tables.orders.all().map(({ id }) => id));

describe('scenario 10 g: what is done again changes nothing', () => {
  it('orders of the night are read again: a dry run says 0 changes, and so it is', async () => {
    await expect.poll(() => house.shown(product)).toBe(1_000);
    const since = new Date().toISOString();
    await sell(25);
    expect(highest()).toBe(5_040);
    await isCommitted(25);
    const tried = await house.channel(`rerun web --since ${since}`);
    expect(tried.json).toMatchObject({ dryRun: true, counts: { changes: 0, vanished: 0 } });
    const before = await house.ledger.events();
    expect((await house.channel(`rerun web --since ${since} --yes --reason night`)).json).toMatchObject({
      state: 'done',
    });
    expect(await house.ledger.events()).toBe(before);
    await isCommitted(25);
  });

  it('control: an order that nobody has taken in is one change, once', async () => {
    const rerun = 'rerun web --orders 5014';
    expect((await house.channel(rerun)).json).toMatchObject({ dryRun: true, counts: { changes: 1 } });
    await house.channel(`${rerun} --yes --reason missed`);
    await isCommitted(26);
    expect((await house.channel(rerun)).json).toMatchObject({ dryRun: true, counts: { changes: 0 } });
  });
});

describe('scenario 10 f: the shop is restored', () => {
  it('from order 5,100 to 5,040: paused, one page, and what it gives out anew is a new order', async () => {
    const { shop } = house.shop;
    await expect.poll(() => house.shown(product)).toBe(1_000 - 26);
    backup = shop.backup();
    await sell(60);
    expect(highest()).toBe(5_100);
    await isCommitted(86);
    await expect.poll(worker).toMatchObject({ rowsDue: 0 });
    const writes = house.written().length;
    shop.restore(backup);
    await house.order(product, 2, states.paid);
    expect(highest()).toBe(5_041);
    await expect.poll(connection).toMatchObject({ ladder: { rung: 'paused' }, pausedFor: 'shop_restored' });
    await isCommitted(88);
    const pages = (await house.alerts('web')).filter(({ level }) => level === 'page');
    expect(pages).toMatchObject([{ code: 'shop_restored', subject: '' }]);
    expect(house.written()).toHaveLength(writes);
  });

  it('the old 5,041 stays committed as the other 59, all 60 are listed, and one ticket counts them', async () => {
    await expect.poll(() => house.vanished('web')).toHaveLength(60);
    const tickets = async () => (await house.alerts('web')).filter(({ code }) => code === 'order_vanished');
    await expect.poll(async () => (await tickets()).find(({ subject }) => subject === '')).toBeDefined();
    expect((await tickets()).length).toBeLessThan(20);
    expect((await tickets()).find(({ subject }) => subject === '')).toMatchObject({ level: 'ticket' });
    await isCommitted(88);
  });

  it('the open orders below 5,041 are committed once, whoever reads them again', async () => {
    const before = await house.ledger.events();
    await house.channel('rerun web --orders 5014,5016,5030,5040,5041 --yes --reason restored');
    expect(await house.ledger.events()).toBe(before);
    await isCommitted(88);
  });

  it('a person lets it go on, and its row falls to what the ledger says', async () => {
    expect(house.shown(product)).toBe(1_000 - 26 - 2);
    await house.channel('resume web --yes --reason looked');
    await expect.poll(() => house.shown(product)).toBe(1_000 - 88);
    expect((await house.alerts('web')).filter(({ level }) => level === 'page')).toEqual([]);
  });
});
