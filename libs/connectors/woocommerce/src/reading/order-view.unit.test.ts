import { describe, expect, it } from 'vitest';
import { readAs } from '#shop-http';
import { recordedAnswer } from '../../testing/recorded/recorded-answers.js';
import { type Around, orderViewOf, soldItemIn, stockOf } from './order-view.js';

const plain: Around = {
  refunds: [],
  itemOf: (productId) => ({ id: productId, parentId: 0, managesStock: true, mayBeOwed: false }),
  holdStockMinutes: 60,
};

const viewOf = (json: unknown, around: Partial<Around> = {}) => orderViewOf(json, { ...plain, ...around });

type Json = Readonly<Record<string, unknown>>;

const order = (over: Json = {}): Json => ({ ...(recordedAnswer('order.get.processing') as Json), ...over });

describe('an order as it was recorded', () => {
  it('is read whole', () => {
    const refunds = [recordedAnswer('refund.default')];
    expect(viewOf(recordedAnswer('order.get.part-refunded'), { refunds })).toEqual({
      ...{ id: 1929, orderKey: 'wc_order_Sz5GbfJOkxS9E', status: 'processing', createdVia: 'rest-api' },
      ...{ paymentMethod: 'bacs', needsPayment: false },
      ...{ createdAt: '2026-11-20T23:31:07', modifiedAt: '2026-11-20T23:31:07', paidAt: '2026-11-20T23:31:07' },
      lines: [
        {
          ...{ id: 2708, productId: 12, variationId: 0, quantity: 3, reduced: 2, restocked: 1 },
          stock: { row: '12-0', mayBeOwed: false },
        },
      ],
      refunds: [{ id: 457, lines: [{ lineId: 112, quantity: 1 }] }],
    });
  });

  it('says nothing of what its line has taken once it has given that back', () => {
    expect(viewOf(recordedAnswer('order.get.cancelled')).lines[0]).not.toHaveProperty('reduced');
  });

  it('is plain JSON', () => {
    const view = viewOf(order());
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });

  it('of which an amount alone was refunded has a refund without lines', () => {
    const refunds = [recordedAnswer('refund.amount-only')];
    expect(viewOf(order(), { refunds }).refunds).toMatchObject([{ lines: [] }]);
  });
});

describe('the hold that an order was made of', () => {
  const made = (value: unknown) =>
    viewOf(order({ meta_data: [{ id: 1, key: '_stockledger_reservation', value }] })).reservation;

  it('is read where the module has written it', () => {
    expect(made('6f1b1f0e-2f6e-4c0c-9d0e-3d8a7a0a1b2c')).toBe('6f1b1f0e-2f6e-4c0c-9d0e-3d8a7a0a1b2c');
  });

  it.each([[''], [12], ['a key of somebody else'], [null]])('is none where it is %j', (value) => {
    expect(made(value)).toBeUndefined();
  });

  it('is none in a shop without the module', () => expect(viewOf(order())).not.toHaveProperty('reservation'));
});

describe('what a checkout has set aside', () => {
  const made = (createdVia: string, holdStockMinutes: number | undefined) =>
    viewOf(order({ created_via: createdVia, date_created_gmt: '2026-11-20T23:00:00' }), { holdStockMinutes })
      .holdEndsAtMillis;

  it('is counted for so many minutes', () => {
    expect(made('checkout', 60)).toBe(Date.UTC(2026, 10, 21, 0));
    expect(made('store-api', 1)).toBe(Date.UTC(2026, 10, 20, 23, 1));
  });

  it('is nothing where nobody sets it aside', () => {
    const others = [made('rest-api', 60), made('admin', 60), made('checkout', 0), made('store-api', undefined)];
    expect(others).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('where units stand', () => {
  const stockIn = (over: object) =>
    stockOf(soldItemIn({ id: 21, parent_id: 20, manage_stock: true, backorders: 'no', ...over }));

  it.each([
    ['a product', { id: 12, parent_id: 0 }, { row: '12-0', mayBeOwed: false }],
    ['a variation with stock of its own', {}, { row: '20-21', mayBeOwed: false }],
    ['a variation that its parent manages', { manage_stock: 'parent' }, { row: '20-0', mayBeOwed: false }],
    ['what may be owed', { backorders: 'notify' }, { row: '20-21', mayBeOwed: true }],
    ['what nobody counts', { manage_stock: false }, { none: 'unmanaged' }],
  ])('%s', (_, over, stock) => {
    expect(stockIn(over)).toEqual(stock);
  });

  it('what the shop does not have any more', () => {
    expect(viewOf(order(), { itemOf: () => undefined }).lines).toMatchObject([{ stock: { none: 'gone' } }]);
  });

  it('is read of recorded products', () => {
    expect(stockOf(soldItemIn(recordedAnswer('product.get.full')))).toEqual({ row: '12-0', mayBeOwed: false });
  });
});

describe('what is no order says which field is wrong', () => {
  const line = (over: object) => ({ ...(order()['line_items'] as readonly Json[])[0], ...over });
  const taken = (value: unknown) => order({ line_items: [line({ meta_data: [{ key: '_reduced_stock', value }] })] });

  it.each<[string, unknown, string]>([
    ['an error', recordedAnswer('order.get.deleted.cancelled'), 'created_via'],
    ['nothing', undefined, 'the order'],
    ['lines that are none', order({ line_items: {} }), 'line_items'],
    ['units that are no number', order({ line_items: [line({ quantity: 'x' })] }), 'quantity'],
    ['half units', order({ line_items: [line({ quantity: 1.5 })] }), 'quantity'],
    ['half units taken', taken('1.5'), 'value'],
    ['a date that is none', order({ date_modified_gmt: 'today' }), 'date_modified_gmt'],
  ])('%s', (_, json, field) => {
    expect(readAs(() => viewOf(json))).toMatchObject({
      failure: { sentence: expect.stringContaining(field) as unknown },
    });
  });

  it('and so do refunds that are none', () => {
    expect(readAs(() => viewOf(order(), { refunds: { code: 'x' } }))).toMatchObject({ kind: 'failed' });
  });
});
