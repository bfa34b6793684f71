import { changesBetween, expectedRows, type RowKey, type ShopView } from '../../src/index.js';
import { allows, type NumberSet, sum, sumOf } from '#channel-kit';
import { type RecordedStep } from './step.js';

export type Verdict = {
  /** Rows that showed what the model did not expect. */
  readonly missed: readonly string[];
  /** How many quantities the model left possible, per row that it was asked for. */
  readonly sizes: readonly number[];
};

const sizeOf = (set: NumberSet): number => (set === 'unknown' ? Infinity : set.length);

/** What the model expects of every row, from the readings alone. A sum moves as the rows that it sums up. */
const expectedOf = (step: RecordedStep, shop: ShopView): ReadonlyMap<RowKey, NumberSet> => {
  const { before, after } = step.readings;
  const changes = changesBetween(before, after, shop);
  const shopId = (after ?? before)?.shopId ?? 1;
  const expected = new Map(expectedRows(step.rowsBefore, changes, shop, shopId));
  for (const [parent, rows] of step.sums) {
    const base = step.rowsBefore.get(parent) ?? 0;
    expected.set(parent, sum([base], sumOf(rows.map((row) => changes.get(row) ?? [0]))));
  }
  return expected;
};

const isWritten = (step: RecordedStep, row: RowKey): boolean =>
  step.written.has(row) || (step.sums.get(row) ?? []).some((one) => step.written.has(one));

export const verdictOn = (step: RecordedStep, shop: ShopView = step.readings.shop): Verdict => {
  const expected = expectedOf(step, shop);
  const asked = [...step.rowsAfter].filter(([row]) => !isWritten(step, row));
  const setOfRow = (row: RowKey): NumberSet => expected.get(row) ?? [];
  return {
    missed: asked.flatMap(([row, shown]) =>
      allows(setOfRow(row), shown) ? [] : [`${step.name}: ${row} shows ${shown}, not one of ${String(setOfRow(row))}`],
    ),
    sizes: asked.map(([row]) => sizeOf(setOfRow(row))),
  };
};
