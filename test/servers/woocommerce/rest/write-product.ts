import { productOf, type Context } from '../shop/context.js';
import type { Backorders, Product, StockStatus } from '../shop/rows.js';
import { save, statusOf, writeStock } from '../shop/stock.js';
import { notOneOf, RestError, wrongType } from './errors.js';
import type { Json } from './types.js';

const backordersKnown = ['no', 'notify', 'yes'] as const;
const statusesKnown = ['instock', 'outofstock', 'onbackorder'] as const;

/** What a request writes, read as the shop reads it. Absent is left alone. */
export type ProductEdit = {
  readonly manageStock?: boolean;
  /** `null` is 0 where stock is managed. */
  readonly stock?: number | null;
  readonly delta?: number;
  readonly backorders?: Backorders;
  readonly stockStatus?: StockStatus;
  readonly name?: string;
  readonly price?: number;
};

const wholeNumber = /^-?\d+$/u;

/** A whole number as WordPress takes one. @throws RestError for all else */
const integerOf = (name: string, value: unknown, countsParts: boolean): number => {
  if (countsParts && value !== '' && Number.isFinite(Number(value))) return Number(value);
  if (typeof value === 'number' && Number.isInteger(value)) return stored(value);
  if (typeof value === 'string' && wholeNumber.test(value)) return stored(Number(value));
  throw wrongType(name, 'integer');
};

/** PHP keeps 64 bits of it. */
const stored = (value: number): number =>
  Number.isSafeInteger(value) ? value : Number(BigInt.asIntN(64, BigInt(value)));

const oneOf = <Known extends string>(name: string, value: unknown, known: readonly Known[]): Known => {
  const found = known.find((one) => one === value);
  if (found === undefined) throw notOneOf(name, known);
  return found;
};

/** Of a single product: values are checked. Names that nobody knows are ignored. @throws RestError */
export const checkedEdit = ({ settings }: Context, body: Json): ProductEdit => ({
  ...plainEdit(body),
  ...('stock_quantity' in body && {
    stock:
      body['stock_quantity'] === null
        ? null
        : integerOf('stock_quantity', body['stock_quantity'], settings.countsParts),
  }),
  ...('backorders' in body && { backorders: oneOf('backorders', body['backorders'], backordersKnown) }),
  ...('stock_status' in body && { stockStatus: oneOf('stock_status', body['stock_status'], statusesKnown) }),
});

/** Of a row of a batch: nobody checks, and PHP makes a number of whatever it is. */
export const uncheckedEdit = (body: Json): ProductEdit => ({
  ...plainEdit(body),
  ...(body['stock_quantity'] !== undefined &&
    body['stock_quantity'] !== null && { stock: numberIn(body['stock_quantity']) }),
});

const numberIn = (value: unknown): number => {
  const number = typeof value === 'string' ? Number.parseFloat(value) : Number(value);
  return Number.isFinite(number) ? Math.trunc(number) : 0;
};

const plainEdit = (body: Json): ProductEdit => ({
  ...(typeof body['manage_stock'] === 'boolean' && { manageStock: body['manage_stock'] }),
  ...('inventory_delta' in body && { delta: numberIn(body['inventory_delta']) }),
  ...(typeof body['name'] === 'string' && { name: body['name'] }),
  ...(typeof body['regular_price'] === 'string' && { price: Number(body['regular_price']) }),
});

/** A product is read, changed and saved whole; its date moves whatever was asked. @throws RestError */
export const writeProduct = async (context: Context, id: number, edit: ProductEdit): Promise<Product> => {
  const read = productOf(context, id);
  const manageStock = managesAfter(read, edit);
  const held = context.pause({ at: 'product', product: id });
  if (held !== undefined) await held;
  const now = productOf(context, id);
  const { name = now.name, price = now.price, backorders = now.backorders } = edit;
  const plain = {
    ...now,
    ...{ name, price, backorders, manageStock },
    ...(!manageStock && { stock: hiddenStock(now, edit) }),
  };
  const shown = manageStock ? statusOf(plain) : (edit.stockStatus ?? plain.stockStatus);
  save(context, { ...plain, stockStatus: shown });
  const stock = manageStock && context.settings.managesStock ? stockAfter(read, edit) : undefined;
  if (stock !== undefined) writeStock(context, productOf(context, id), stock, 'product');
  return productOf(context, id);
};

const managesAfter = ({ type, manageStock }: Product, edit: ProductEdit): boolean => {
  const wanted = edit.manageStock ?? manageStock;
  if (type === 'external' && wanted) {
    throw new RestError('product_external_invalid_manage_stock', 'External products cannot be stock managed.', 400);
  }
  return type === 'grouped' ? false : wanted;
};

/** A variation that shows its parent's keeps a figure that nobody sees; others forget theirs. */
const hiddenStock = ({ type, stock }: Product, edit: ProductEdit): number | null =>
  type === 'variation' ? (edit.stock ?? stock) : null;

/** What was read decides: the figure that the product had then is not written, and a delta counts from it. */
const stockAfter = (read: Product, { stock, delta }: ProductEdit): number | undefined => {
  if (stock !== undefined) return (stock ?? 0) === read.stock ? undefined : (stock ?? 0);
  return delta === undefined ? undefined : (read.stock ?? 0) + delta;
};
