import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPage } from '../e2e/views.js';
import { openHouse, type House } from './house.js';
import { states } from './town.js';

/* With a shop, a marketplace and the whole service; the warehouse's part is played by whoever is the author there. */

let house: House;
let product: number;
let offer: string;
let asWarehouse: { readonly key: string };

beforeAll(async () => {
  house = await openHouse('wms');
  const { ledger, shop, bol } = house;
  asWarehouse = { key: await ledger.keyFor('wms', 'movements:write') };
  product = shop.shop.createProduct({ reference: 'T', quantity: 10 });
  offer = bol.market.offers.create({ reference: 'T', amount: 10 });
  await move('receipt', 10, 'opening');
  await ledger.ok('PUT', '/v1/channels/web/listings', { listings: [{ product: String(product), sku: 'T' }] });
  await ledger.ok('PUT', '/v1/channels/bol/listings', { listings: [{ product: offer, sku: 'T' }] });
  for (const channel of ['web', 'bol'] as const) {
    await house.connect(channel);
    await house.climb(channel, 'live');
  }
});
afterAll(() => house.stop());

/** Every fact comes twice: the second one counts for nothing. */
const move = async (kind: string, quantity: number, sourceKey: string, more: object = {}): Promise<void> => {
  const body = { ...{ sku: 'T', location: 'wh1', kind, quantity, sourceKey }, ...more };
  for (const repeated of [false, true])
    expect(await house.ledger.ok('POST', '/v1/movements', body, asWarehouse)).toMatchObject({ repeated });
};

/** The worker has read the shop's orders, and has no row left to look at. */
const settled = (channel: string): Promise<void> =>
  expect
    .poll(() => house.ledger.ok('GET', `/v1/channels/${channel}/connector`))
    .toMatchObject({ worker: { isRunning: true, rowsDue: 0 } });

const page = (): number | undefined => house.bol.market.offers.find(offer)?.amount;
const isAt = (sellable: number, committed: number, onHand: number): Promise<void> =>
  expect.poll(() => house.stock('T')).toMatchObject([{ location: 'wh1', sellable, committed, onHand }]);
const discrepancies = async (): Promise<readonly unknown[]> => {
  await house.ledger.caughtUp();
  return asPage(await house.ledger.ok('GET', '/v1/discrepancies')).rows;
};

/** The line of the order as the ledger names it. */
const lineOf = (id: number): { readonly channel: string; readonly orderKey: string; readonly line: string } => {
  const { shop } = house.shop;
  const orderKey = `${id}-${shop.tables.orders.get(id)?.reference ?? ''}`;
  return { channel: 'web', orderKey, line: String(shop.linesOf(id)[0]?.id) };
};

describe('scenario 1: one parcel, three reporters', () => {
  it('order 501 of 3 units: S 7, C 3, shown elsewhere, and nothing is written to the shop', async () => {
    await settled('web');
    house.nextOrder(501);
    const { id } = await house.order(product, 3, states.paid);
    expect(id).toBe(501);
    await isAt(7, 3, 10);
    await expect.poll(page).toBe(7);
    expect([house.shown(product), house.written()]).toEqual([7, []]);
  });

  it('the warehouse ships 2; the shop says shipped 3, which moves nothing: it is a witness', async () => {
    await move('issue', 2, '3SABC', { order: lineOf(501) });
    await isAt(7, 1, 8);
    await house.shop.shop.changeState({ order: 501, state: states.shipped, changer: 'back_office' });
    for (const again of ['first', 'again'])
      expect((await house.channel(`rerun web --orders 501 --yes --reason ${again}`)).json).toMatchObject({
        state: 'done',
      });
    await isAt(7, 1, 8);
    expect([house.shown(product), page(), house.written()]).toEqual([7, 7, []]);
  });

  it('the warehouse ships 1 the next day: S 7, C 0, on hand 7, by two issues and no third', async () => {
    await move('issue', 1, '3SABD', { order: lineOf(501) });
    await isAt(7, 0, 7);
    await settled('web');
    expect([house.shown(product), page(), house.written()]).toEqual([7, 7, []]);
    const history = asPage(await house.ledger.ok('GET', '/v1/stock/T/history')).rows.map(({ type }) => type);
    expect(history.filter((type) => type === 'StockIssued')).toHaveLength(2);
    expect(await discrepancies()).toEqual([]);
  });
});
