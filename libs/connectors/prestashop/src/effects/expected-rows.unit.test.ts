import { describe, expect, it } from 'vitest';
import { plainShop } from '../../testing/plain-shop.js';
import { type RowChanges } from './changes-between.js';
import { expectedRows, together } from './expected-rows.js';
import { type RowKey } from './rows.js';
import { type Pack } from './views.js';

const pack: Pack = { stockType: 2, items: [{ productId: 6, attributeId: 0, unitsPerPack: 2 }] };
const shop = plainShop('9', { packs: new Map([[22, pack]]) });

const rows = new Map<RowKey, number>([
  ['6-0@s1g0', 100],
  ['22-0@s1g0', 20],
]);

const changes = (...all: [RowKey, RowChanges extends ReadonlyMap<RowKey, infer Set> ? Set : never][]): RowChanges =>
  new Map(all);

const packAfter = (told: RowChanges) => expectedRows(rows, told, shop, 1).get('22-0@s1g0');

describe('a row', () => {
  it('shows what it showed, and its change', () => {
    expect(expectedRows(rows, changes(['6-0@s1g0', [-3, 0]]), shop, 1).get('6-0@s1g0')).toEqual([97, 100]);
    expect(expectedRows(rows, changes(['6-0@s1g0', 'unknown']), shop, 1).get('6-0@s1g0')).toBe('unknown');
    expect(expectedRows(rows, new Map(), shop, 1).get('6-0@s1g0')).toEqual([100]);
  });

  it('adds up what several orders did', () => {
    const one = changes(['6-0@s1g0', [-1]], ['7-0@s1g0', [2]]);
    expect(together([one, changes(['6-0@s1g0', [-2, 0]])])).toEqual(changes(['6-0@s1g0', [-3, -1]], ['7-0@s1g0', [2]]));
  });
});

describe('a pack that is kept with its components', () => {
  it('is lowered to what can be made when a component is sold', () => {
    expect(packAfter(changes(['6-0@s1g0', [-70]]))).toEqual([15]);
  });

  it('stands while enough can be made, and is not raised again', () => {
    expect(packAfter(changes(['6-0@s1g0', [-50]]))).toEqual([20]);
    expect(packAfter(changes(['6-0@s1g0', [50]]))).toEqual([20]);
  });

  it('is lowered to nothing, or below it with its component', () => {
    expect(packAfter(changes(['6-0@s1g0', [-100]]))).toEqual([0]);
    expect(packAfter(changes(['6-0@s1g0', [-300]]))).toEqual([-100, 0]);
  });

  it('may be lowered where the component may have been sold', () => {
    expect(packAfter(changes(['6-0@s1g0', [-70, 0]]))).toEqual([15, 20]);
    expect(packAfter(changes(['6-0@s1g0', 'unknown']))).toBe('unknown');
  });

  it('may stand where a pack that holds the component was sold, and nobody knows how it stands where both were', () => {
    const sold = (...products: number[]) =>
      expectedRows(rows, changes(['6-0@s1g0', [-70]], ['22-0@s1g0', [-1]]), shop, 1, new Set(products)).get(
        '22-0@s1g0',
      );
    expect(sold(22)).toEqual([15, 19]);
    expect(sold(6, 22)).toBe('unknown');
    expect(sold(6)).toEqual([15]);
  });

  it('says nothing where nobody knows what its component showed', () => {
    const alone = new Map<RowKey, number>([['22-0@s1g0', 20]]);
    expect(expectedRows(alone, changes(['6-0@s1g0', [-1]]), shop, 1).get('22-0@s1g0')).toBe('unknown');
  });

  it('control: one of another type stands', () => {
    const other = plainShop('9', { packs: new Map([[22, { ...pack, stockType: 1 as const }]]) });
    expect(expectedRows(rows, changes(['6-0@s1g0', [-70]]), other, 1).get('22-0@s1g0')).toEqual([20]);
  });
});
