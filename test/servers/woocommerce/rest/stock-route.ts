import { productOf, type Context } from '../shop/context.js';
import { managedRow, writeStock } from '../shop/stock.js';
import { bodyOf } from './bodies.js';
import { noRoute, RestError } from './errors.js';
import type { Found, Json, RestRequest } from './types.js';

const rowsMax = 100;
const figureMax = 2_147_483_647;

type Row = { readonly id: number; readonly expected: number; readonly quantity: number };

const isFigure = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) <= figureMax;

const isRow = (value: unknown): value is Row => {
  if (typeof value !== 'object' || value === null) return false;
  const { id, expected, quantity } = value as Partial<Row>;
  return [id, expected, quantity].every(isFigure) && (id ?? 0) >= 1;
};

const rowsIn = ({ rows }: Json): readonly Row[] => {
  const all = Array.isArray(rows) ? (rows as readonly unknown[]) : [];
  if (all.length > 0 && all.length <= rowsMax && all.every(isRow)) return all;
  const message = `rows: 1 to ${rowsMax} of {id, expected, quantity}, whole numbers.`;
  throw new RestError('stockledger_invalid_rows', message, 400);
};

const reasonAgainst = (context: Context, id: number): string | undefined => {
  if (!context.products.has(id)) return 'not_found';
  const row = managedRow(context, id);
  if (row === undefined) return 'not_managed';
  return row.id === id ? undefined : 'managed_by_parent';
};

/** Comparing and writing is one statement: nothing comes in between. */
const set = (context: Context, { id, expected, quantity }: Row): Json => {
  const reason = reasonAgainst(context, id);
  if (reason !== undefined) return { id, result: 'unfit', reason };
  const product = productOf(context, id);
  if (product.stock !== expected) return { id, result: 'conflict', quantity: product.stock };
  if (quantity !== expected) writeStock(context, product, quantity, 'product');
  return { id, result: 'written', quantity };
};

/** The ledger's plugin in the shop, where it has it: its routes, and figures that are set where they are what was expected. */
export const stockRoute = (context: Context, request: RestRequest): Found => {
  const { method, path } = request;
  if (!context.settings.hasPlugin) throw noRoute();
  if (path.length === 0 && method === 'GET') {
    const routes = { '/wc-stockledger/v1': {}, '/wc-stockledger/v1/stock': { methods: ['POST'] } };
    return { status: 200, body: { namespace: 'wc-stockledger/v1', routes }, allow: 'GET' };
  }
  if (path.join('/') !== 'stock' || method !== 'POST') throw noRoute();
  return { status: 200, body: { rows: rowsIn(bodyOf(request)).map((row) => set(context, row)) }, allow: 'POST' };
};
