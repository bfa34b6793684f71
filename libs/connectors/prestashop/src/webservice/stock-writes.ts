import { type Method } from '#shop-http';
import { type VersionFamily } from '../effects/index.js';
import { type Client } from './client.js';
import { failed, ok, type Outcome } from './failure.js';
import { rowsInDocument } from './resource.js';
import { type StockAvailable, stockAvailables } from './resources/stock-availables.js';
import { malformedAnswer } from './xml.js';

/** A row as it was last read, and the quantity that it shall show. */
export type StockWrite = { readonly row: StockAvailable; readonly quantity: number };

export type WriteContext = {
  readonly family: VersionFamily;
  /** A shop of the group that shares its stock: a combination's row there leaves the sum of its product stale without it. */
  readonly shopId?: number;
};

/** In bulk a row costs the shop 0.4 to 0.8 ms, alone 10 to 16; beyond 200 nothing is gained. */
export const writeRowsMax = 200;

/** The column is a signed number of 32 bits; what is beyond is refused with all rows after it. */
export const quantityMin = -(2 ** 31);
export const quantityMax = 2 ** 31 - 1;

const methodOf: Readonly<Record<VersionFamily, Method>> = { '1.7': 'PUT', '8': 'PATCH', '9': 'PATCH' };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (value: string): string => value.replaceAll(/[&<>]/gu, (character) => escapes[character] ?? '');

const element = (name: string, value: number | string): string => `<${name}>${escaped(String(value))}</${name}>`;

/** Always with the quantity: a write of another field alone writes back the quantity that it read, and erases a sale. */
const patched = ({ row, quantity }: StockWrite): string => element('id', row.id) + element('quantity', quantity);

/** A PUT empties what it does not name, and a row without its shop has left it: all nine fields go back as they were read. */
const replaced = ({ row, quantity }: StockWrite): string =>
  [
    element('id', row.id),
    element('id_product', row.productId),
    element('id_product_attribute', row.attributeId),
    element('id_shop', row.shopId),
    element('id_shop_group', row.shopGroupId),
    element('quantity', quantity),
    element('depends_on_stock', row.dependsOnStock),
    element('out_of_stock', row.outOfStock),
    element('location', row.location),
  ].join('');

/** The body of a bulk write. No blanks between elements: older versions take them for values. */
export const stockBody = (family: VersionFamily, writes: readonly StockWrite[]): string => {
  const fieldsOf = methodOf[family] === 'PUT' ? replaced : patched;
  const rows = writes.map((write) => `<stock_available>${fieldsOf(write)}</stock_available>`);
  return `<?xml version="1.0" encoding="UTF-8"?><prestashop>${rows.join('')}</prestashop>`;
};

const isQuantity = ({ quantity }: StockWrite): boolean =>
  Number.isInteger(quantity) && quantity >= quantityMin && quantity <= quantityMax;

const assertWritable = (writes: readonly StockWrite[]): void => {
  if (writes.length === 0 || writes.length > writeRowsMax)
    throw new RangeError(`1 to ${writeRowsMax} rows, not ${writes.length}`);
  if (new Set(writes.map(({ row }) => row.id)).size < writes.length)
    throw new RangeError('a row stands twice in a write');
  const wrong = writes.find((write) => !isQuantity(write));
  if (wrong !== undefined) throw new RangeError(`row ${wrong.row.id} cannot hold ${wrong.quantity}`);
};

const confirmed = (
  writes: readonly StockWrite[],
  rows: readonly StockAvailable[],
): Outcome<readonly StockAvailable[]> => {
  const shown = new Map(rows.map(({ id, quantity }) => [id, quantity]));
  const other = writes.find(({ row, quantity }) => shown.get(row.id) !== quantity);
  return other === undefined ? ok(rows) : malformedAnswer(`it does not confirm row ${other.row.id}`);
};

/**
 * Writes quantities of rows in one request, and answers the rows as the shop then shows them. A failure with `applied`
 * unknown may have written some of them: the whole batch is read again.
 *
 * @throws RangeError for no or too many rows, a row twice, or a quantity that no row can hold.
 */
export const writeStock = async (
  client: Client,
  writes: readonly StockWrite[],
  { family, shopId }: WriteContext,
  signal?: AbortSignal,
): Promise<Outcome<readonly StockAvailable[]>> => {
  assertWritable(writes);
  const query = shopId === undefined ? [] : [['id_shop', String(shopId)] as const];
  const request = { method: methodOf[family], resource: stockAvailables.path, query, body: stockBody(family, writes) };
  const answer = await client.send(request, signal);
  if (answer.kind === 'failed') return answer;
  const rows = rowsInDocument(stockAvailables, answer.value.document);
  return rows.kind === 'failed' ? failed(rows.failure) : confirmed(writes, rows.value);
};
