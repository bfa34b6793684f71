import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Version } from '../versions.js';
import { isVoid } from './reserved.js';
import { createPrestashop, type Shop } from './shop.js';

/** Each run is a shop of its own. */
const numRuns = 40;

const opening = 300;
const mug = { id_product: 6, id_product_attribute: 0 };
const shirt = { id_product: 1, id_product_attribute: 1 };
const states = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

type Act =
  | { readonly kind: 'sell'; readonly units: number; readonly state: number; readonly shirts: boolean }
  | { readonly kind: 'change'; readonly order: number; readonly state: number };

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('sell' as const),
      units: fc.integer({ min: 1, max: 9 }),
      state: fc.constantFrom(...states),
      shirts: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('change' as const), order: fc.nat({ max: 9 }), state: fc.constantFrom(...states) }),
  ),
  { maxLength: 25 },
);

const playAll = async (version: Version, played: readonly Act[]): Promise<Shop> => {
  const shop = createPrestashop({ version, seed: 'products' });
  for (const act of played) {
    const orders = shop.tables.orders.all();
    if (act.kind === 'sell') {
      const product = act.shirts ? shirt : mug;
      await shop.placeOrder({ lines: [{ ...product, quantity: act.units }], state: act.state });
    } else if (orders.length > 0) {
      const order = orders[act.order % orders.length]?.id ?? 0;
      await shop.changeState({ order, state: act.state, changer: 'webservice' });
    }
  }
  return shop;
};

/** Units in orders that are neither cancelled nor in error. */
const taken = (shop: Shop, product: number): number =>
  shop.tables.orders
    .all()
    .filter((order) => !isVoid(shop.context, order.current_state))
    .flatMap((order) => shop.linesOf(order.id))
    .filter((line) => line.product_id === product)
    .reduce((sum, line) => sum + line.product_quantity, 0);

describe('after any sales and changes of state', () => {
  it('9.1 has taken what its orders have, whatever way they went', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (played) => {
        const shop = await playAll('9.1', played);
        expect(shop.stockOf(mug)?.quantity).toBe(opening - taken(shop, mug.id_product));
        expect(shop.stockOf(shirt)?.quantity).toBe(opening - taken(shop, shirt.id_product));
      }),
      { numRuns },
    );
  });

  it('8.2 has not: what left cancelled for a state that does not count was never taken again', async () => {
    const shop = await playAll('8.2', [
      { kind: 'sell', units: 3, state: 6, shirts: false },
      { kind: 'change', order: 0, state: 10 },
    ]);
    expect([shop.stockOf(mug)?.quantity, taken(shop, mug.id_product)]).toEqual([opening, 3]);
  });

  it.each<Version>(['1.7.8', '8.2', '9.1'])(
    '%s: the row of a product is the sum of its combinations',
    async (version) => {
      await fc.assert(
        fc.asyncProperty(acts, async (played) => {
          const shop = await playAll(version, played);
          const rows = shop.tables.stock.where(shirt.id_product);
          const sum = rows.filter((row) => row.id_product_attribute > 0).reduce((all, row) => all + row.quantity, 0);
          expect(rows.find((row) => row.id_product_attribute === 0)?.quantity).toBe(sum);
        }),
      );
    },
  );
});
