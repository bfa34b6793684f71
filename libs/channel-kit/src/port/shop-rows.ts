import type { ChannelPort, RowKey } from './channel-port.js';
import type { Answer } from './trouble.js';

/** Rows by their keys; those that are not there are left out, and others may come with them. */
export type ReadRows<Row> = (keys: readonly RowKey[], signal: AbortSignal) => Promise<Answer<ReadonlyMap<RowKey, Row>>>;

/** Rows of a shop, for who looks at them and for who writes them. */
export type ShopRows<Row> = {
  /** What they show now, in the order they were asked for. */
  readonly readBack: ChannelPort<unknown>['readBack'];
  /** As they were read a moment ago, where all of them were; else read again. */
  readonly lately: ReadRows<Row>;
};

/** A write that follows its reading is spared another one: a quarter of what a shop has to do for it. */
const ageMillisMax = 1_000;

/** @param now milliseconds of our own clock */
export const createShopRows = <Row>(
  read: ReadRows<Row>,
  quantityOf: (row: Row) => number,
  now: () => number,
): ShopRows<Row> => {
  let kept: { readonly rows: ReadonlyMap<RowKey, Row>; readonly at: number } | undefined;
  return {
    readBack: async (keys, signal) => {
      const rows = await read(keys, signal);
      if (rows.kind === 'trouble') return rows;
      kept = { rows: rows.value, at: now() };
      const shown = keys.map((row) => ({ row, found: rows.value.get(row) }));
      const value = shown.flatMap(({ row, found }) =>
        found === undefined ? [] : [{ row, quantity: quantityOf(found) }],
      );
      return { kind: 'answered', value };
    },
    lately: (keys, signal) => {
      const isFresh = kept !== undefined && now() - kept.at <= ageMillisMax;
      return kept !== undefined && isFresh && keys.every((key) => kept?.rows.has(key))
        ? Promise.resolve({ kind: 'answered', value: kept.rows })
        : read(keys, signal);
    },
  };
};
