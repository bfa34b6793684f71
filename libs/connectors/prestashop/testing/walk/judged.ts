import { allows, type NumberSet } from '#channel-kit';
import { changesBetween, expectedRows, type RowKey, type ShopView } from '../../src/index.js';
import { type Step } from './walk.js';

/** Nobody may sell by a pack that is kept with its components: where it and they are sold at once, its row may be unknown. */
const isKeptPack = (row: RowKey, { packs, packStockTypeDefault }: ShopView): boolean => {
  const type = packs.get(Number(row.split('-')[0]))?.stockType;
  return (type === 3 ? packStockTypeDefault : type) === 2;
};

export type Judged = {
  /** Rows that show what the model does not expect. */
  readonly missed: readonly string[];
  /** How many figures the model left possible, per row that it lets move or that moved. */
  readonly sizes: readonly number[];
};

const sizeOf = (set: NumberSet): number => (set === 'unknown' ? Infinity : set.length);

/** Holds what rows show after an act against what two readings of its order say of them. */
export const judged = ({ before, after, shop, rowsBefore, rowsAfter }: Step, rules: ShopView = shop): Judged => {
  const changes = changesBetween(before, after, rules);
  const products = new Set([...(before?.lines ?? []), ...(after?.lines ?? [])].map(({ productId }) => productId));
  const expected = expectedRows(rowsBefore, changes, rules, (after ?? before)?.shopId ?? 1, products);
  const missed: string[] = [];
  const sizes: number[] = [];
  for (const [row, shown] of rowsAfter) {
    const possible = expected.get(row) ?? [];
    const was = rowsBefore.get(row);
    if (possible !== 'unknown' && possible.length === 1 && shown === was && allows(possible, shown)) continue;
    if (possible !== 'unknown' || !isKeptPack(row, shop)) sizes.push(sizeOf(possible));
    if (!allows(possible, shown)) missed.push(`${row} showed ${was}, and ${shown} now: not one of ${String(possible)}`);
  }
  return { missed, sizes };
};
