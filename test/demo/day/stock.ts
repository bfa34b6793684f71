import type { Basket } from './baskets.js';

/** Less than is wanted: the last units are what shops quarrel about. */
const share = 0.5;

/** What there is of each product when the day begins. */
export const stockFor = (baskets: readonly Basket[]): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  for (const { sku, units } of baskets.flatMap(({ lines }) => lines)) wanted.set(sku, (wanted.get(sku) ?? 0) + units);
  return new Map([...wanted].map(([sku, units]) => [sku, Math.ceil(units * share)]));
};
