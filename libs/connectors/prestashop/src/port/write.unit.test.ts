import { describe, expect, it } from 'vitest';
import { type RowChange } from '#channel-kit';
import { patience, valueOf } from '../../testing/asking.js';
import { usePort } from '../../testing/with-port.js';
import { capabilities } from './create-port.js';

const withPort = usePort();

const change = (row: string, quantity: number): RowChange => ({ row, quantity, expected: 0 });

describe('a write', () => {
  it.each(['1.7.8', '8.2', '9.1'] as const)('stands in %s, other fields as they were', async (version) => {
    const { port, shop } = await withPort({ version });
    const before = shop.stockOf({ id_product: 6, id_product_attribute: 0 });
    const rows = ['6-0@s1g0', '1-1@s1g0'];
    const wrote = valueOf(await port.write([change(rows[0]!, 11), change(rows[1]!, -4)], patience()));
    expect(wrote).toEqual({ written: rows, failed: [] });
    expect(shop.stockOf({ id_product: 6, id_product_attribute: 0 })).toEqual({ ...before, quantity: 11 });
    expect(shop.stockOf({ id_product: 1, id_product_attribute: 0 })?.quantity).toBe(7 * 300 - 4);
    expect(valueOf(await port.readBack([...rows, '99-0@s1g0'], patience()))).toEqual([
      { row: rows[0], quantity: 11 },
      { row: rows[1], quantity: -4 },
    ]);
  });

  it('in a sharing group keeps the sum of the combinations, beside rows of other shops', async () => {
    const { port, shop } = await withPort({ seed: 'none' });
    const product = shop.createProduct({ reference: 'a', combinations: [{ reference: 'x', quantity: 3 }] });
    const group = shop.createShopGroup({ name: 'sharing', sharesStock: true });
    const second = shop.createShop({ name: 'second', group });
    const combination = { id_product: product, id_product_attribute: 1 };
    await shop.placeOrder({ lines: [{ ...combination, quantity: 1 }], state: 2, shop: second });
    await shop.editStockByHand({ id_product: product, id_product_attribute: 0, id_shop: second, delta: 0 });
    const [own, shared] = [`${product}-1@s1g0`, `${product}-1@s0g${group}`];
    const wrote = valueOf(await port.write([change(own, 8), change(shared, 7)], patience()));
    expect(wrote).toEqual({ written: [own, shared], failed: [] });
    expect(shop.stockOf({ ...combination, id_product_attribute: 0, id_shop: second })?.quantity).toBe(7);
    expect(shop.stockOf({ ...combination, id_product_attribute: 0 })?.quantity).toBe(8);
  });

  it('names rows that cannot be written, and writes the others', async () => {
    const { port, shop } = await withPort();
    const row = shop.stockOf({ id_product: 7, id_product_attribute: 0 })!;
    shop.tables.stock.put({ ...row, depends_on_stock: 1 });
    const changes = [change('99-0@s1g0', 1), change('6-0@s1g0', 2), change('7-0@s1g0', 3)];
    const wrote = valueOf(await port.write(changes, patience()));
    expect(wrote.written).toEqual(['6-0@s1g0']);
    expect(wrote.failed).toMatchObject([
      { row: '99-0@s1g0', code: 'row_missing' },
      { row: '7-0@s1g0', code: 'depends_on_stock' },
    ]);
  });

  it('of which a part may stand has an unknown outcome', async () => {
    const { port, server } = await withPort();
    valueOf(await port.listings(undefined, patience()));
    server.faults.add({ fault: { kind: 'notice', afterRows: 1 }, method: 'PATCH', times: 1 });
    const changes = [change('6-0@s1g0', 2), change('7-0@s1g0', 3)];
    const wrote = await port.write(changes, patience());
    expect(wrote).toMatchObject({ kind: 'trouble', trouble: { kind: 'unknown_outcome', code: 'server_error' } });
    expect(valueOf(await port.readBack(['6-0@s1g0', '7-0@s1g0'], patience()))).toEqual([
      { row: '6-0@s1g0', quantity: 2 },
      { row: '7-0@s1g0', quantity: 300 },
    ]);
  });

  it('takes as many rows as declared, to both ends of what a row holds', async () => {
    const { port, shop } = await withPort({ seed: 'none' });
    const ids = Array.from({ length: capabilities.rowsMax }, () => shop.createProduct({ reference: '', quantity: 0 }));
    const ends = [capabilities.quantityMin, capabilities.quantityMax];
    const changes = ids.map((id, at) => change(`${id}-0@s1g0`, ends[at % 2]!));
    expect(valueOf(await port.write(changes, patience())).written).toHaveLength(capabilities.rowsMax);
    const shown = valueOf(
      await port.readBack(
        changes.map(({ row }) => row),
        patience(),
      ),
    );
    expect(shown).toEqual(changes.map(({ row, quantity }) => ({ row, quantity })));
  });
});
