import { type NumberSet, type RowKey, unitsByRow } from '#channel-kit';
import type { MarketplaceOrder } from '../../marketplace/index.js';

/** Units of each offer that an order has taken and not given back. */
const takenBy = (order: MarketplaceOrder | undefined): ReadonlyMap<RowKey, number> =>
  unitsByRow((order?.items ?? []).map(({ offer, units, cancelled }) => [offer, units - cancelled] as const));

/** An order lowers its offers by what it takes, and raises them by what is given up. One that vanishes gives nothing back. */
export const effectsOf = (
  before: MarketplaceOrder | undefined,
  after: MarketplaceOrder | undefined,
): ReadonlyMap<RowKey, NumberSet> => {
  if (after === undefined) return new Map();
  const earlier = takenBy(before);
  return new Map(
    [...takenBy(after)].flatMap(([offer, taken]) => {
      const moved = (earlier.get(offer) ?? 0) - taken;
      return moved === 0 ? [] : [[offer, [moved]] as const];
    }),
  );
};
