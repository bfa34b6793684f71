import { FieldError, type Json, objectIn, rowsIn } from '#shop-http';
import { type Client } from './client.js';
import { failed, malformed, ok, type Outcome } from './failure.js';

/** The shop takes no more in one request. */
export const writeRowsMax = 100;

/** What every part of a shop takes: its own column holds more, tables of plugins do not. */
export const quantityMin = -(2 ** 31);
export const quantityMax = 2 ** 31 - 1;

/** Of one address: `products/batch`, or `products/20/variations/batch`. */
export type StockBatch = { readonly resource: string; readonly rows: readonly StockRow[] };
export type StockRow = { readonly id: number; readonly quantity: number };

/**
 * What became of a row: `ignored`: the shop took it and shows something else, because it does not count this item, or
 * elsewhere; `silent`: the answer does not say.
 */
export type RowOutcome =
  | { readonly kind: 'written' | 'ignored' | 'silent'; readonly id: number }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string; readonly message: string };

/**
 * In a batch the shop makes a number of whatever it is sent: "abc" is 0 there, 1.5 is 1.
 *
 * @throws RangeError for a quantity that no row can hold.
 */
export const assertQuantities = (rows: readonly StockRow[]): void => {
  const isQuantity = ({ quantity }: StockRow): boolean =>
    Number.isSafeInteger(quantity) && quantity >= quantityMin && quantity <= quantityMax;
  const wrong = rows.find((row) => !isQuantity(row));
  if (wrong !== undefined) throw new RangeError(`${wrong.id} cannot hold ${String(wrong.quantity)}`);
};

const refusalIn = (id: number, error: unknown): RowOutcome => {
  const { code, message } = objectIn(error, 'the error of a row');
  return { kind: 'refused', id, code: String(code), message: String(message) };
};

/** Of a variation that shows its parent's figure the parent's is answered, which nobody has changed. */
const outcomeOf = ({ id, quantity }: StockRow, row: Json | undefined): RowOutcome => {
  if (row === undefined) return { kind: 'silent', id };
  if (row['error'] !== undefined) return refusalIn(id, row['error']);
  if (row['manage_stock'] !== true) return { kind: 'ignored', id };
  return { kind: row['stock_quantity'] === quantity ? 'written' : 'silent', id };
};

const outcomesIn = (rows: readonly StockRow[], json: unknown): Outcome<readonly RowOutcome[]> => {
  try {
    const answered = new Map(rowsIn(objectIn(json, 'the answer'), 'update').map((row) => [row['id'], row]));
    return ok(rows.map((row) => outcomeOf(row, answered.get(row.id))));
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return failed(malformed(error.message));
  }
};

/**
 * Sets quantities in one request, and answers what became of each. It is not one piece: rows behind a refused one are
 * written. Whether stock is managed is never changed. A failure with `applied` unknown may have written some of them.
 *
 * @throws RangeError for no or too many rows, or a quantity that no row can hold.
 */
export const writeStock = async (
  client: Client,
  { resource, rows }: StockBatch,
  signal: AbortSignal,
): Promise<Outcome<readonly RowOutcome[]>> => {
  if (rows.length === 0 || rows.length > writeRowsMax)
    throw new RangeError(`1 to ${writeRowsMax} rows, not ${rows.length}`);
  assertQuantities(rows);
  const update = rows.map(({ id, quantity }) => ({ id, stock_quantity: quantity }));
  const answer = await client.send({ method: 'POST', resource, json: { update } }, signal);
  return answer.kind === 'failed' ? answer : outcomesIn(rows, answer.value);
};
