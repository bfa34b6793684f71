import type { RowKey } from './channel-port.js';

/** The rows that were read last, for whoever writes them at once. */
export type RowsRead<Row> = {
  readonly keep: (rows: ReadonlyMap<RowKey, Row>) => void;
  /** All of these, as they were read a moment ago; undefined: they have to be read again. */
  readonly find: (keys: readonly RowKey[]) => ReadonlyMap<RowKey, Row> | undefined;
};

/** A write that follows its reading is spared another one: a quarter of what a shop has to do for it. */
const ageMillisMax = 1_000;

/** @param now milliseconds of our own clock */
export const createRowsRead = <Row>(now: () => number): RowsRead<Row> => {
  let kept: { readonly rows: ReadonlyMap<RowKey, Row>; readonly at: number } | undefined;
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
