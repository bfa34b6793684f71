import { type ShopView, type VersionFamily } from '../src/index.js';

/** A shop as it is installed: its thirteen states, no packs, one shop. */
export const plainShop = (family: VersionFamily, change: Partial<ShopView> = {}): ShopView => ({
  family,
  states: new Map(Array.from({ length: 13 }, (_, at) => [at + 1, { logable: [2, 3, 4, 5, 11].includes(at + 1) }])),
  cancelledStateId: 6,
  errorStateId: 8,
  packs: new Map(),
  packStockTypeDefault: 0,
  sharingGroups: new Map(),
  ...change,
});
