import { describe, expect, it } from 'vitest';
import { recordedAnswer, type RecordedResponse } from '../../testing/replay/recorded-answers.js';
import { type SeenRequest } from '../../../../shop-http/testing/replay-server.js';
import { withShop } from '../../testing/replay/with-shop.js';
import { settingsIn } from './settings.js';
import { readShop } from './shop-view.js';

const written = (list: string, rows: readonly string[]): RecordedResponse => ({
  status: 200,
  headers: { 'psws-version': '8.2.1' },
  body: `<?xml version="1.0" encoding="UTF-8"?><prestashop><${list}>${rows.join('')}</${list}></prestashop>`,
});

/** The settings were recorded without the ids that a list is paged by. */
const settings = (): RecordedResponse => {
  const answer = recordedAnswer('8.2.1', 'configurations: states');
  let id = 0;
  return { ...answer, body: answer.body.replaceAll('<configuration>', () => `<configuration><id>${(id += 1)}</id>`) };
};

const group = (id: number, shares: number): string =>
  `<shop_group><id>${id}</id><name>g${id}</name><share_stock>${shares}</share_stock><deleted>0</deleted></shop_group>`;

const shop = (id: number, groupId: number): string =>
  `<shop><id>${id}</id><id_shop_group>${groupId}</id_shop_group><name>s${id}</name><active>1</active><deleted>0</deleted></shop>`;

const product = (id: number, type: string): string =>
  `<product><id>${id}</id><reference>r${id}</reference><type>${type}</type><pack_stock_type>3</pack_stock_type>`;

const bundle =
  '<associations><product_bundle><product><id>6</id><id_product_attribute></id_product_attribute><quantity>2</quantity></product></product_bundle></associations>';

const catalogue = ({ query }: SeenRequest): RecordedResponse =>
  query['display'] === 'full'
    ? written('products', [`${product(22, 'pack')}${bundle}</product>`])
    : written('products', [`${product(6, 'simple')}</product>`, `${product(22, 'pack')}</product>`]);

const answers = (request: SeenRequest): RecordedResponse => {
  switch (request.path) {
    case '/api/configurations':
      return settings();
    case '/api/order_states':
      return recordedAnswer('8.2.1', 'order_states: full');
    case '/api/shop_groups':
      return written('shop_groups', [group(1, 0), group(2, 1)]);
    case '/api/shops':
      return written('shops', [shop(1, 1), shop(3, 2), shop(4, 2)]);
    case '/api/products':
      return catalogue(request);
    default:
      return recordedAnswer('8.2.1', 'list: chosen fields');
  }
};

const paths = ['stock_availables', 'configurations', 'order_states', 'shop_groups', 'shops', 'products'];

describe('a shop', () => {
  it('is read: version, states, settings, packs and groups', async () => {
    await withShop(answers, async (client, server) => {
      const read = await readShop(client);
      if (read.kind === 'failed') throw new Error(read.failure.sentence);
      const { states, packs, sharingGroups, ...rest } = read.value;
      expect(rest).toEqual({ family: '8', cancelledStateId: 6, errorStateId: 8, packStockTypeDefault: 0 });
      expect([...states].filter(([id, { logable }]) => id <= 13 && logable).map(([id]) => id)).toEqual([
        2, 3, 4, 5, 11,
      ]);
      expect([...packs]).toEqual([[22, { stockType: 3, items: [{ productId: 6, attributeId: 0, unitsPerPack: 2 }] }]]);
      expect([...sharingGroups]).toEqual([
        [3, 2],
        [4, 2],
      ]);
      expect(
        server.seen.find(({ query }) => query['display'] === 'full' && query['filter[id]'] === '[22]'),
      ).toBeDefined();
    });
  });

  it.each(paths)('is not read where %s fails', async (path) => {
    const failing = (request: SeenRequest): RecordedResponse =>
      request.path === `/api/${path}` ? recordedAnswer('8.2.1', 'auth: resource not granted') : answers(request);
    await withShop(failing, async (client) => {
      expect(await readShop(client)).toMatchObject({ kind: 'failed', failure: { kind: 'rights' } });
    });
  });
});

describe('settings', () => {
  const rows = [
    { id: 1, name: 'PS_OS_CANCELED', value: '6' },
    { id: 2, name: 'PS_OS_ERROR', value: '8' },
    { id: 3, name: 'PS_PACK_STOCK_TYPE', value: '2' },
  ];

  it('are the ids of the two states and the type of packs', () => {
    expect(settingsIn(rows)).toEqual({
      kind: 'ok',
      value: { cancelledStateId: 6, errorStateId: 8, packStockTypeDefault: 2 },
    });
  });

  it.each([
    ['is missing', rows.slice(1)],
    ['is empty', [{ ...rows[0]!, value: '' }, ...rows.slice(1)]],
    ['differs between shops', [...rows, { id: 4, name: 'PS_OS_ERROR', value: '9' }]],
    ['is none', [...rows.slice(0, 2), { ...rows[2]!, value: '3' }]],
  ])('say nothing where one %s', (_, given) => {
    expect(settingsIn(given)).toMatchObject({ kind: 'failed', failure: { kind: 'malformed' } });
  });
});
