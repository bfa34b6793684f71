import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPage } from '../e2e/views.js';
import { openHouse, type House } from './house.js';
import { states } from './town.js';

/* A shop that sells is taken in by the verbs of the command line. Here the shop says what has left. */

let house: House;
let product: number;
let folder: string;
let files: string;
const dayMillis = 86_400_000;

/** Some days ago, by the shop's own clock. */
const daysAgo = async (days: number, act: () => Promise<unknown>): Promise<void> => {
  const { clock } = house.shop.shop;
  clock.skew(-days * dayMillis);
  await act();
  clock.skew(0);
};
const place = async (id: number, units: number, state: number): Promise<void> => {
  house.nextOrder(id);
  expect((await house.order(product, units, state)).id).toBe(id);
};
const keyOf = (id: number): string => `${id}-${house.shop.shop.tables.orders.get(id)?.reference ?? ''}`;
const detailOf = (id: number): number => house.shop.shop.linesOf(id)[0]?.id ?? 0;

/** Order 650 has left; of 700 two units have and one was given up; 701 waits for its money. */
const yesterday = async (): Promise<void> => {
  const { shop } = house.shop;
  await daysAgo(3, async () => {
    await place(650, 4, states.paid);
    await shop.changeState({ order: 650, state: states.shipped, changer: 'back_office' });
    await place(700, 6, states.paid);
    await shop.partialRefund({ detail: detailOf(700), units: 1 });
  });
  await daysAgo(1, () => place(701, 2, states.wire));
  await shop.importStock([{ id_product: product, id_product_attribute: 0, id_shop: 1, quantity: 95 }]);
};

beforeAll(async () => {
  house = await openHouse('operator', { issue: 'web_shop' });
  product = house.shop.shop.createProduct({ reference: 'X', quantity: 105 });
  await yesterday();
  folder = await mkdtemp(join(tmpdir(), 'stock-ledger-going-live-'));
  await writeFile(join(folder, 'opening.csv'), 'sku,location,quantity\nX,wh1,100\n');
  const asOf = new Date(Date.now() - 60_000).toISOString();
  files = `--opening ${join(folder, 'opening.csv')} --as-of ${asOf}`;
  // The shop knows no parcels: what has left of an order that is not shipped a person says.
  const baseline = { lines: [{ line: String(detailOf(700)), issued: 2, returned: 0 }] };
  await house.ledger.ok('PUT', `/v1/orders/web/${keyOf(700)}/baseline`, baseline);
});
afterAll(async () => {
  await house.stop();
  await rm(folder, { recursive: true });
});

const isAt = (sellable: number, committed: number, onHand: number): Promise<void> =>
  expect.poll(() => house.stock('X')).toMatchObject([{ sellable, committed, onHand }]);
const rung = async (): Promise<unknown> =>
  (
    (await house.ledger.ok('GET', '/v1/channels/web/connector')) as {
      readonly connection: { readonly ladder: { readonly rung: string } };
    }
  ).connection.ladder.rung;
const shadowed = async (): Promise<readonly unknown[]> =>
  asPage(await house.ledger.ok('GET', '/v1/sync-log?channel=web&resource=stock')).rows.filter(
    ({ operation }) => operation === 'would_push',
  );
const adjust = (quantity: number): Promise<unknown> =>
  house.ledger.ok('POST', '/v1/movements', {
    ...{ kind: 'adjustment', location: 'wh1', sku: 'X', quantity, reason: 'found', sourceKey: `found ${quantity}` },
  });

describe('scenario 7: going live on a selling shop', () => {
  it('takes in what stands there, and what is ordered meanwhile', async () => {
    await house.connect('web');
    const importing = house.channel(`import web ${files} --yes --reason onboarding`);
    await expect.poll(rung).not.toBe('off');
    await place(702, 1, states.paid);
    expect((await importing).waits).toBe(true);
    await house.ledger.caughtUp();
    expect((await house.channel('map web --yes --reason onboarding')).json).toMatchObject({ mapped: 1, failures: [] });
    await isAt(94, 6, 100);
    expect([house.shown(product), house.written(), await rung()]).toEqual([94, [], 'shadow']);
  });

  it('done again it makes no event', async () => {
    const before = await house.ledger.events();
    await house.channel(`import web ${files} --yes --reason again`);
    expect(await house.ledger.events()).toBe(before);
    await isAt(94, 6, 100);
  });

  it('in shadow a change is one row, however often it is looked at, and nothing is written', async () => {
    const before = (await shadowed()).length;
    for (const [at, quantity] of [5, 2].entries()) {
      await adjust(quantity);
      await expect.poll(shadowed).toHaveLength(before + at + 1);
    }
    for (const look of ['first', 'second']) await house.channel(`reconcile web --yes --reason ${look}`);
    expect(await shadowed()).toHaveLength(before + 2);
    await adjust(-7);
    await place(703, 1, states.paid);
    await isAt(93, 7, 100);
    await house.channel('reconcile web --yes --reason third');
    expect([house.shown(product), (await shadowed()).length, house.written()]).toEqual([93, before + 2, []]);
    expect((await house.channel('report web')).json).toMatchObject({ day: { written: 0 } });
  });

  it('what leaves now is posted without what had left before', async () => {
    await house.shop.shop.changeState({ order: 700, state: states.shipped, changer: 'back_office' });
    await house.channel('rerun web --orders 700 --yes --reason shipped');
    await isAt(93, 4, 97);
  });

  it('goes live with every order, and not a quantity written', async () => {
    for (const step of ['canary web --percent 100', 'live web']) await house.channel(`${step} --yes --reason up`);
    await place(704, 1, states.paid);
    await isAt(92, 5, 97);
    const { rows } = asPage(await house.ledger.ok('GET', '/v1/stock/X/history'));
    expect(rows.filter(({ type }) => type === 'StockIssued')).toHaveLength(1);
    for (const id of [700, 701, 702, 703, 704])
      expect(await house.ledger.ok('GET', `/v1/orders/web/${keyOf(id)}`)).toMatchObject({ orderKey: keyOf(id) });
    expect((await house.ledger.call('GET', `/v1/orders/web/${keyOf(650)}`)).status).toBe(404);
    expect([house.shown(product), house.written()]).toEqual([92, []]);
  });
});
