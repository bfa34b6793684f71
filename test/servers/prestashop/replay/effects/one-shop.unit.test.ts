import { describe, expect, it } from 'vitest';
import { createPrestashop } from '../../shop/shop.js';
import { effectCases, recordedVersions } from '../recordings.js';
import { shuffled } from '../shuffle.js';
import { canShareShop, isLinear, scriptOf } from './cases.js';
import { changed } from './scale.js';
import { play } from './script.js';

/** Of the order in which they are played. */
const seed = 20_261_120;

/** More than any case's product has. */
const productsPerCase = 200;

/** All cases in one shop, each on products of its own: what one left behind must not touch another. */
describe.each(recordedVersions)('what %s does, all of it in one shop', (version) => {
  it('in another order, with other ids, units and opening stock', async () => {
    const shop = createPrestashop({ version });
    const cases = effectCases(version).filter((one) => isLinear(one) && canShareShop(one));
    const wrong: string[] = [];
    let base = 1000;
    for (const one of shuffled(cases, seed)) {
      const script = scriptOf(one);
      if (script === undefined) continue;
      const first = (base += productsPerCase);
      const scale = { ...changed, product: (id: number) => first + id };
      const { found, recorded } = await play(script(one, { version, scale, shop }), one);
      if (JSON.stringify(found) !== JSON.stringify(recorded)) wrong.push(one.name);
    }
    expect(wrong).toEqual([]);
    expect(shop.tables.orders.all().length).toBeGreaterThan(500);
  });
});
