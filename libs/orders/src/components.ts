import type { FrozenLine } from './events.js';

/** A SKU that a frozen line takes units of, and how many base units of it one sold unit is. */
export type TakenSku = { readonly sku: string; readonly units: number };

/**
 * What one sold unit of a line takes: of a bundle each component as its frozen recipe has it, whatever the recipe says by
 * now; else the SKU itself. Both factors are bounded: a product out of range is too large, never wrong.
 */
export const takenBy = ({ sku, unitsPerSale, bundle }: FrozenLine): readonly TakenSku[] =>
  bundle === undefined
    ? [{ sku, units: unitsPerSale }]
    : bundle.components.map((component) => ({ sku: component.sku, units: unitsPerSale * component.units }));
