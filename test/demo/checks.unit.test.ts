import { describe, expect, it } from 'vitest';
import { isSettled, judge, oversoldUnits, type Seen } from './checks.js';
import type { Seller } from './world/seller.js';

const units = (given: Readonly<Record<string, number>>): ReadonlyMap<string, number> => new Map(Object.entries(given));

type Given = Pick<Seller, 'channel' | 'asksFirst'> & {
  readonly shows: Readonly<Record<string, number>>;
  readonly sold: Readonly<Record<string, number>>;
};

const sellerOf = ({ channel, asksFirst, shows, sold }: Given): Seller => ({
  ...{ channel, asksFirst },
  sells: (sku) => sku in shows,
  visit: () => Promise.resolve({ bought: [], missed: 0, turnedBack: false }),
  shown: () => units(shows),
  sold: () => units(sold),
  orders: () => 0,
  writes: () => 0,
});

/** A shop and a marketplace that sell 10 mugs and 10 cups together; the marketplace has no cups. */
const seenWith = (shop: Partial<Given> = {}, market: Partial<Given> = {}, left = { mug: 5, cup: 6 }): Seen => ({
  stock: units({ mug: 10, cup: 10 }),
  sellers: [
    sellerOf({ channel: 'shop', asksFirst: true, shows: { mug: 5, cup: 6 }, sold: { mug: 3, cup: 4 }, ...shop }),
    sellerOf({ channel: 'market', asksFirst: false, shows: { mug: 3 }, sold: { mug: 2 }, ...market }),
  ],
  figures: new Map([
    ['shop', new Map(Object.entries(left).map(([sku, atp]) => [sku, { atp, shown: atp }]))],
    ['market', new Map([['mug', { atp: 3, shown: 3 }]])],
  ]),
  whole: 'shop',
});

describe('the count of the shops', () => {
  it('agrees with pages and ledger', () => {
    const verdict = judge(seenWith());
    expect(verdict).toEqual({
      ...{ soldUnits: 9, oversoldProtected: [], oversoldExposed: [], wrongPages: [], wrongBooks: [] },
    });
    expect([isSettled(verdict), oversoldUnits(verdict)]).toEqual([true, 0]);
  });

  it('control: finds what was sold twice, where every seller asks first and where one does not', () => {
    const verdict = judge(seenWith({ sold: { mug: 9, cup: 12 } }));
    expect(verdict.oversoldProtected).toEqual([{ sku: 'cup', had: 10, sold: 12 }]);
    expect(verdict.oversoldExposed).toEqual([{ sku: 'mug', had: 10, sold: 11 }]);
    expect(oversoldUnits(verdict)).toBe(3);
  });

  it('control: finds a page and a book that are wrong', () => {
    const verdict = judge(seenWith({ shows: { mug: 5, cup: 7 } }, {}, { mug: 4, cup: 6 }));
    expect(verdict.wrongPages).toEqual([
      { channel: 'shop', sku: 'mug', shows: 5, shouldBe: 4 },
      { channel: 'shop', sku: 'cup', shows: 7, shouldBe: 6 },
    ]);
    expect(verdict.wrongBooks).toEqual([{ sku: 'mug', left: 5, believed: 4 }]);
    expect(isSettled(verdict)).toBe(false);
  });

  it('takes a page below nothing for one that shows nothing', () => {
    const verdict = judge(seenWith({ shows: { mug: 5, cup: -1 }, sold: { mug: 3, cup: 10 } }, {}, { mug: 5, cup: 0 }));
    expect(isSettled(verdict)).toBe(true);
  });
});
