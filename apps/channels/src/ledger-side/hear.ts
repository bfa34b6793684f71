import type { AnnouncedPair, LedgerSide } from '../contracts/index.js';

export type Hear = Parameters<LedgerSide['follow']>[0];

/** Of each pair the newest, in the order in which it was announced. */
export const newestOf = (pairs: readonly AnnouncedPair[]): readonly AnnouncedPair[] => {
  const newest = new Map<string, AnnouncedPair>();
  for (const pair of pairs) {
    const key = `${pair.channel}:${pair.sku}`;
    const before = newest.get(key);
    if (before !== undefined && before.sequence > pair.sequence) continue;
    newest.delete(key);
    newest.set(key, pair);
  }
  return [...newest.values()];
};
