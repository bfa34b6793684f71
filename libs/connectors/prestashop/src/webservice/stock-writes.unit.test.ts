import { describe, expect, it } from 'vitest';
import { recordedAnswer, recordedExchange } from '../../testing/replay/recorded-answers.js';
import { withShop } from '../../testing/replay/with-shop.js';
import { type StockAvailable } from './resources/stock-availables.js';
import { quantityMax, quantityMin, stockBody, writeRowsMax, writeStock } from './stock-writes.js';

const row = (id: number, change: Partial<StockAvailable> = {}): StockAvailable => ({
  ...{ id, productId: id, attributeId: 0, shopId: 1, shopGroupId: 0, quantity: 0 },
  ...{ dependsOnStock: 0, outOfStock: 2, location: '' },
  ...change,
});

const two = [
  { row: row(7), quantity: 31 },
  { row: row(8), quantity: 32 },
];

describe('the body of a write', () => {
  it('is, from 8 on, what the real shop took', () => {
    expect(stockBody('8', two)).toBe(recordedExchange('8.2.1', 'bulk PATCH: two rows, path without id').request.body);
    expect(stockBody('9', two)).toBe(stockBody('8', two));
  });

  it('has all nine fields before it', () => {
    const write = { row: row(6, { location: 'A-1' }), quantity: 11 };
    expect(stockBody('1.7', [write])).toBe(recordedExchange('8.2.1', 'PUT: all fields').request.body);
    expect(stockBody('1.7', [{ ...write, row: row(6, { location: 'A&B <1>' }) }])).toContain('A&amp;B &lt;1&gt;');
  });
});

describe('a write', () => {
  it.each(['8.2.1', '9.1.4'] as const)('answers the rows as the shop then shows them, on %s', async (version) => {
    await withShop(
      () => recordedAnswer(version, 'bulk PATCH: two rows, path without id'),
      async (client, server) => {
        const outcome = await writeStock(client, two, { family: '8', shopId: 3 });
        expect(outcome).toMatchObject({
          kind: 'ok',
          value: [
            { id: 7, quantity: 31 },
            { id: 8, quantity: 32 },
          ],
        });
        expect(server.seen).toMatchObject([
          { method: 'PATCH', path: '/api/stock_availables', query: { id_shop: '3' } },
        ]);
      },
    );
  });

  it('is a PUT for 1.7', async () => {
    await withShop(
      () => recordedAnswer('8.2.1', 'bulk PUT: two rows'),
      async (client, server) => {
        await writeStock(client, two, { family: '1.7' });
        expect(server.seen).toMatchObject([{ method: 'PUT' }]);
      },
    );
  });

  it('that the shop does not confirm may stand or not', async () => {
    await withShop(
      () => recordedAnswer('8.2.1', 'bulk PATCH: two rows, path without id'),
      async (client) => {
        const other = [
          { row: row(7), quantity: 31 },
          { row: row(8), quantity: 33 },
        ];
        const outcome = await writeStock(client, other, { family: '8' });
        expect(outcome).toMatchObject({ failure: { kind: 'malformed', applied: 'unknown' } });
      },
    );
  });

  it.each([
    ['no row', []],
    ['a row twice', [...two, { row: row(7), quantity: 1 }]],
    ['part of a unit', [{ row: row(7), quantity: 1.5 }]],
    ['more than the column holds', [{ row: row(7), quantity: quantityMax + 1 }]],
    ['less than the column holds', [{ row: row(7), quantity: quantityMin - 1 }]],
    ['too many rows', Array.from({ length: writeRowsMax + 1 }, (_, id) => ({ row: row(id + 1), quantity: 1 }))],
  ])('of %s is our own mistake', async (_, writes) => {
    await withShop(
      () => recordedAnswer('8.2.1', 'bulk PATCH: two rows, path without id'),
      async (client, server) => {
        await expect(writeStock(client, writes, { family: '8' })).rejects.toThrow(RangeError);
        expect(server.seen).toEqual([]);
      },
    );
  });
});
