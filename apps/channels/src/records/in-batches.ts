import { recordLimits } from './limits.js';

/** Pieces that fit one statement, one after the other. */
export const inBatches = async <Item>(
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<void>,
): Promise<void> => {
  const { batchRowsMax } = recordLimits;
  for (let first = 0; first < items.length; first += batchRowsMax) await work(items.slice(first, first + batchRowsMax));
};
