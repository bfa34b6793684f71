import { allows, type NumberSet, sum, sumOf } from '#channel-kit';
import { effectsOf } from '../../src/index.js';
import { type Model } from '../models.js';
import { type Step } from './walk.js';

export type Judged = {
  /** Rows that show what the model does not expect. */
  readonly missed: readonly string[];
  /** How many figures the model left possible, per row that a line stands in or that moved. */
  readonly sizes: readonly number[];
};

/** Where lines of these orders stand. */
const rowsOf = (orders: Step['orders']): ReadonlySet<string> =>
  new Set(
    orders
      .flatMap(({ before, after }) => [...(before?.lines ?? []), ...(after?.lines ?? [])])
      .flatMap(({ stock }) => ('row' in stock ? [stock.row] : [])),
  );

const sizeOf = (set: NumberSet): number => (set === 'unknown' ? Infinity : set.length);

/** Holds what rows show after an act against what two readings of its orders say of them. */
export const judged = ({ orders, rowsBefore, rowsAfter }: Step, model: Model = effectsOf): Judged => {
  const effects = orders.map(({ before, after }) => model(before, after));
  const rows = rowsOf(orders);
  const missed: string[] = [];
  const sizes: number[] = [];
  for (const [row, shown] of rowsAfter) {
    const was = rowsBefore.get(row);
    // It was not managed before, or no line stands in it and nothing moved it.
    if (was === undefined || (!rows.has(row) && shown === was)) continue;
    const possible = sum([was], sumOf(effects.map((moved) => moved.get(row) ?? [0])));
    sizes.push(sizeOf(possible));
    if (!allows(possible, shown)) missed.push(`${row} showed ${was}, and ${shown} now: not one of ${String(possible)}`);
  }
  return { missed, sizes };
};
