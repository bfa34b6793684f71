import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { UsageError } from './options.js';

/** Units of a SKU at a location, as its author says that they were at a moment. */
export type OpeningFigure = { readonly sku: string; readonly location: string; readonly quantity: number };

const quantityMax = 1_000_000_000;

/**
 * The rows of a CSV with the columns sku, location and quantity, in any order.
 * @throws UsageError that names the line of the first wrong row: half an opening is none
 */
export const openingIn = (text: string): readonly OpeningFigure[] => {
  const rows = parsed(text).map(figureOf);
  const seen = new Set<string>();
  rows.forEach(({ sku, location }, at) => {
    const pair = JSON.stringify([sku, location]);
    if (seen.has(pair)) throw new UsageError(`line ${at + 2}: ${sku} at ${location} stands twice`);
    seen.add(pair);
  });
  return rows;
};

const parsed = (text: string): readonly Readonly<Record<string, string>>[] => {
  try {
    return parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new UsageError(`not a CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const figureOf = (
  { sku = '', location = '', quantity = '' }: Readonly<Record<string, string>>,
  at: number,
): OpeningFigure => {
  const units = /^-?\d{1,10}$/u.test(quantity) ? Number(quantity) : Number.NaN;
  if (sku === '' || location === '' || !(Math.abs(units) <= quantityMax))
    throw new UsageError(`line ${at + 2}: sku, location and a whole quantity are needed`);
  return { sku, location, quantity: units };
};

/** A count that is the same fact each time: the same figure of the same moment posts once, another one is refused. */
export const countOf = ({ sku, location, quantity }: OpeningFigure, asOf: string) => ({
  ...{ kind: 'count', basis: 'on_hand', sku, location, quantity, asOf },
  sourceKey: `opening-${createHash('sha256')
    .update(JSON.stringify([sku, location, asOf]))
    .digest('hex')
    .slice(0, 40)}`,
});
