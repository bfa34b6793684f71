import { type StockAvailable } from '../webservice/index.js';

type Rows = ReadonlyMap<string, StockAvailable>;

/** The rows that were read last, for whoever writes them at once. */
export type RowsRead = {
  readonly keep: (rows: Rows) => void;
  /** All of these, as they were read a moment ago; undefined: they have to be read again. */
  readonly find: (keys: readonly string[]) => Rows | undefined;
};

/** A write that follows its reading is spared another one: a quarter of what the shop has to do for it. */
const ageMillisMax = 1_000;

/** @param now milliseconds of our own clock */
export const createRowsRead = (now: () => number): RowsRead => {
  let kept: { readonly rows: Rows; readonly at: number } | undefined;
  return {
    keep: (rows) => {
      kept = { rows, at: now() };
    },
    find: (keys) => {
      const isFresh = kept !== undefined && now() - kept.at <= ageMillisMax;
      return isFresh && keys.every((key) => kept?.rows.has(key)) ? kept?.rows : undefined;
    },
  };
};
