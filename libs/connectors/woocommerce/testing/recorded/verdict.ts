import { allows, type NumberSet, sum } from '#channel-kit';
import { effectsOf } from '../../src/index.js';
import { type Model } from '../models.js';
import { type RecordedStep } from './step.js';

export type Verdict = {
  /** Rows that showed what the model did not expect. */
  readonly missed: readonly string[];
  /** How many figures the model left possible, per row that it was asked for. */
  readonly sizes: readonly number[];
};

const sizeOf = (set: NumberSet): number => (set === 'unknown' ? Infinity : set.length);

export const verdictOn = (
  { name, before, after, rowsBefore, rowsAfter }: RecordedStep,
  model: Model = effectsOf,
): Verdict => {
  const effects = model(before, after);
  const expected = [...rowsAfter].map(([row, shown]) => ({
    ...{ row, shown },
    set: sum([rowsBefore.get(row) ?? 0], effects.get(row) ?? [0]),
  }));
  return {
    missed: expected.flatMap(({ row, shown, set }) =>
      allows(set, shown) ? [] : [`${name}: ${row} shows ${shown}, not one of ${String(set)}`],
    ),
    sizes: expected.map(({ set }) => sizeOf(set)),
  };
};
