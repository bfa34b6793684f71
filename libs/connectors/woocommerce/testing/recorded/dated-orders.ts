import { type RowKey } from '../../src/index.js';
import { recordedCases } from './recorded-case.js';
import { lineOf, orderOf, saying } from './rebuilt-order.js';
import { type RecordedStep } from './step.js';

type Sold = {
  readonly units: number;
  /** Where the line's units stand. */
  readonly row: RowKey;
  /** The rows that were looked at. */
  readonly rows: readonly RowKey[];
};

const product: Pick<Sold, 'row' | 'rows'> = { row: '12-0', rows: ['12-0'] };

/** Orders among what was done to see which dates move. Of what was sold the recorder kept the words and the rows. */
const sold: Readonly<Record<string, Sold>> = {
  'order by REST processing (qty 3)': { units: 3, ...product },
  'block checkout bacs': { units: 1, ...product },
  'block checkout to zero (status flips)': { units: 1, ...product },
  'order of variation own stock': { units: 3, row: '20-21', rows: ['20-21', '20-0'] },
  'order of variation parent stock': { units: 3, row: '20-0', rows: ['20-22', '20-0'] },
};

const rowsOf = (keys: readonly RowKey[], figures: readonly number[]): ReadonlyMap<RowKey, number> =>
  new Map(keys.map((key, index) => [key, figures[index] ?? 0]));

export const datedOrders = (): readonly RecordedStep[] =>
  recordedCases.dates.flatMap(([name, , before, after]) => {
    const found = sold[name];
    if (found === undefined) return [];
    const { units, row, rows } = found;
    const line = saying(lineOf(1, units, { row, mayBeOwed: false }), { _reduced_stock: String(units) });
    return [
      {
        ...{ name, kind: 'dates' as const, before: undefined, after: orderOf('processing', [line]) },
        ...{ rowsBefore: rowsOf(rows, before), rowsAfter: rowsOf(rows, after) },
      },
    ];
  });
