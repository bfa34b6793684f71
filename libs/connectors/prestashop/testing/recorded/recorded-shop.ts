import { type Pack, type PackStockType, type ShopView } from '../../src/index.js';
import { type RecordedVersion } from './recorded-case.js';

/**
 * The shops of the recordings as their webservice would have shown them: both had the states, packs and groups below. The
 * flags are those of `order_states` of a fresh shop. The six custom states that the recorder made are not here: it did
 * not write down their flags, so nobody knows whether they are logable.
 */
const logable = [2, 3, 4, 5, 11];
const states = new Map(Array.from({ length: 13 }, (_, index) => [index + 1, { logable: logable.includes(index + 1) }]));

/** Two of product 6 and one of product 7; the last one has a combination in place of product 6. */
const packOf = (stockType: PackStockType, productId: number, attributeId: number): Pack => ({
  stockType,
  items: [
    { productId, attributeId, unitsPerPack: 2 },
    { productId: 7, attributeId: 0, unitsPerPack: 1 },
  ],
});

export const recordedPacks: ReadonlyMap<number, Pack> = new Map([
  [20, packOf(0, 6, 0)],
  [21, packOf(1, 6, 0)],
  [22, packOf(2, 6, 0)],
  [23, packOf(3, 6, 0)],
  [24, packOf(2, 1, 1)],
]);

export const recordedShop = (version: RecordedVersion): ShopView => ({
  family: version === '8.2.1' ? '8' : '9',
  states,
  cancelledStateId: 6,
  errorStateId: 8,
  packs: recordedPacks,
  packStockTypeDefault: 0,
  sharingGroups: new Map([
    [3, 2],
    [4, 2],
  ]),
});
