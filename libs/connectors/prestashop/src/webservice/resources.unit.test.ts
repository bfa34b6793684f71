import { describe, expect, it } from 'vitest';
import { recordedVersions } from '../../testing/recorded/index.js';
import { recordedAnswer, type RecordedResponse } from '../../testing/replay/recorded-answers.js';
import { type Outcome } from './failure.js';
import { type Resource, rowsInDocument, rowsInList } from './resource.js';
import { combinations } from './resources/combinations.js';
import { configurations } from './resources/configurations.js';
import { orderDetails } from './resources/order-details.js';
import { orderHistories } from './resources/order-histories.js';
import { orderSlips } from './resources/order-slips.js';
import { orderStates } from './resources/order-states.js';
import { orders } from './resources/orders.js';
import { packProducts, products } from './resources/products.js';
import { shopGroups, shops } from './resources/shops.js';
import { stockAvailables } from './resources/stock-availables.js';
import { stockMovements } from './resources/stock-movements.js';
import { documentOf } from './xml.js';

const listIn = <Row>(resource: Resource<Row>, body: string): Outcome<readonly Row[]> => {
  const document = documentOf(body);
  return document.kind === 'failed' ? document : rowsInList(resource, document.value);
};

const rowsOf = <Row>(resource: Resource<Row>, { body }: Pick<RecordedResponse, 'body'>): readonly Row[] => {
  const rows = listIn(resource, body);
  if (rows.kind === 'failed') throw new Error(rows.failure.sentence);
  return rows.value;
};

/** Written by the field definitions of the shop's classes: of these rows no answer was recorded. */
const written = (list: string, rows: string) => ({
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<prestashop><${list}>${rows}</${list}></prestashop>\n`,
});

describe.each(recordedVersions)('rows recorded on %s', (version) => {
  it('of stock', () => {
    expect(rowsOf(stockAvailables, recordedAnswer(version, 'list: full'))).toMatchObject([
      { id: 1, productId: 1, attributeId: 0, shopId: 1, shopGroupId: 0, outOfStock: 2, location: '' },
      { id: 2 },
    ]);
    expect(rowsOf(stockAvailables, recordedAnswer(version, 'list: empty, XML'))).toEqual([]);
  });

  it('of stock, alone, and after a write', () => {
    for (const name of ['one', 'PUT: without optional fields']) {
      const document = documentOf(recordedAnswer(version, name).body);
      if (document.kind === 'failed') throw new Error(document.failure.sentence);
      expect(rowsInDocument(stockAvailables, document.value)).toMatchObject({
        kind: 'ok',
        value: [{ id: 6, productId: 6 }],
      });
    }
  });

  it('of orders', () => {
    const [order] = rowsOf(orders, recordedAnswer(version, 'orders: full'));
    expect(order).toMatchObject({ id: 1, shopId: 1, shopGroupId: 1 });
    expect(order?.reference).toMatch(/^[A-Z]{9}$/u);
    expect(order?.updatedAtSeconds).toBeGreaterThan(Date.UTC(2026, 10, 20) / 1_000);
  });

  it('of their histories and lines', () => {
    expect(rowsOf(orderHistories, recordedAnswer(version, 'order_histories: full'))).toMatchObject([
      { id: 1, orderId: 1, stateId: 1, employeeId: 0 },
      { id: 2, orderId: 2 },
    ]);
    const [line] = rowsOf(orderDetails, recordedAnswer(version, 'order_details of an order'));
    expect(line).toMatchObject({
      orderId: 1,
      productId: 1,
      attributeId: 1,
      quantity: 1,
      reinjected: 0,
      reference: 'demo_1',
    });
  });

  it('of states', () => {
    const states = rowsOf(orderStates, recordedAnswer(version, 'order_states: full'));
    const ids = (is: (state: (typeof states)[number]) => boolean) => states.filter(is).map(({ id }) => id);
    expect(ids(({ logable }) => logable).filter((id) => id <= 13)).toEqual([2, 3, 4, 5, 11]);
    expect(ids(({ shipped }) => shipped).filter((id) => id <= 13)).toEqual([4, 5]);
  });

  it('of shops, combinations and slips that are none', () => {
    expect(rowsOf(shops, recordedAnswer(version, 'shops'))).toMatchObject([{ id: 1, groupId: 1, active: true }]);
    expect(rowsOf(combinations, recordedAnswer(version, 'combinations'))).toMatchObject([
      { id: 1, productId: 1 },
      { id: 2 },
    ]);
    expect(rowsOf(orderSlips, recordedAnswer(version, 'order_slip: empty'))).toEqual([]);
  });

  it('of settings: those recorded have no id, which a keyset needs', () => {
    const answer = recordedAnswer(version, 'configurations: states');
    expect(listIn(configurations, answer.body)).toMatchObject({ failure: { kind: 'malformed' } });
    const withIds = { body: answer.body.replaceAll('<configuration>', '<configuration><id>1</id>') };
    expect(rowsOf(configurations, withIds)).toContainEqual({ id: 1, name: 'PS_OS_CANCELED', value: '6' });
  });
});

describe('rows of which none was recorded', () => {
  it('of slips', () => {
    const detail =
      '<order_slip_detail><id>2</id><id_order_detail>439</id_order_detail><product_quantity>1</product_quantity></order_slip_detail>';
    const body = `<order_slip><id>2</id><id_order>437</id_order><date_add>2026-11-20 22:13:51</date_add><associations><order_slip_details nodeType="order_slip_detail" virtualEntity="true">${detail}</order_slip_details></associations></order_slip>`;
    expect(rowsOf(orderSlips, written('order_slips', body))).toMatchObject([
      { id: 2, orderId: 437, items: [{ lineId: 439, quantity: 1 }] },
    ]);
  });

  it('of movements, under their other name', () => {
    const body =
      '<stock_mvt><id>1</id><id_stock>6</id_stock><id_order>46</id_order><physical_quantity>3</physical_quantity><sign>-1</sign><date_add>2026-11-20 22:10:35</date_add></stock_mvt>';
    expect(rowsOf(stockMovements, written('stock_mvts', body))).toMatchObject([
      { id: 1, stockAvailableId: 6, orderId: 46, units: -3 },
    ]);
  });

  it('of packs', () => {
    const product =
      '<product><id>22</id><reference>set</reference><type notFilterable="true">pack</type><pack_stock_type>2</pack_stock_type>';
    const items =
      '<associations><product_bundle nodeType="product"><product><id>6</id><id_product_attribute>0</id_product_attribute><quantity>2</quantity></product></product_bundle></associations>';
    expect(rowsOf(products, written('products', `${product}</product>`))).toMatchObject([
      { type: 'pack', packStockType: 2 },
    ]);
    expect(rowsOf(packProducts, written('products', `${product}${items}</product>`))).toMatchObject([
      { id: 22, items: [{ productId: 6, attributeId: 0, unitsPerPack: 2 }] },
    ]);
  });

  it('of groups', () => {
    const body = '<shop_group><id>2</id><name>b</name><share_stock>1</share_stock><deleted>0</deleted></shop_group>';
    expect(rowsOf(shopGroups, written('shop_groups', body))).toEqual([
      { id: 2, name: 'b', sharesStock: true, deleted: false },
    ]);
  });
});

describe('a row that is not what it should be', () => {
  const row = '<shop_group><id>2</id><name>b</name><share_stock>1</share_stock><deleted>0</deleted></shop_group>';

  it.each([
    ['a number that is none', row.replace('<id>2', '<id>two')],
    ['a number that is no whole one', row.replace('<id>2', '<id>1.5')],
    ['a flag that is none', row.replace('share_stock>1', 'share_stock>yes')],
    ['a missing field', row.replace('<name>b</name>', '')],
  ])('is malformed: %s', (_, body) => {
    expect(listIn(shopGroups, written('shop_groups', body).body)).toMatchObject({ failure: { kind: 'malformed' } });
  });

  it('is malformed: a date that is none', () => {
    const body = '<order_slip><id>2</id><id_order>4</id_order><date_add>yesterday</date_add></order_slip>';
    expect(listIn(orderSlips, written('order_slips', body).body)).toMatchObject({ failure: { kind: 'malformed' } });
  });

  it('is malformed: another list than was asked for', () => {
    expect(listIn(shops, written('shop_groups', row).body)).toMatchObject({ failure: { kind: 'malformed' } });
  });

  it('control: the same row as it should be', () => {
    expect(listIn(shopGroups, written('shop_groups', row).body)).toMatchObject({ kind: 'ok' });
  });
});
