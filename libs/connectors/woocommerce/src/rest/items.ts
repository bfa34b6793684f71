import { type Json, objectIn } from '#shop-http';
import { soldItemIn, type SoldItem } from '../reading/index.js';
import { type Client } from './client.js';
import { ok, type Outcome } from './failure.js';
import { pageRowsMax, readRows } from './lists.js';

/** A product or a variation with what it shows. */
export type Item = SoldItem & {
  /** `simple`, `variable`, `variation`, `grouped`, `external`, or a word of a plugin. */
  readonly type: string;
  readonly name: string;
  readonly sku: string;
  /** Undefined where it is no whole number: a plugin counts in parts. */
  readonly quantity: number | undefined;
  /** Ids of its variations. */
  readonly variations: readonly number[];
};

/** What is sold: a product, or one of its variations; 0: none. A variation is named with its product: some addresses lie below it. */
export type Sold = { readonly productId: number; readonly variationId: number };

/** What the shop sells, as it is now. */
export type Items = {
  /** Each once; what the shop does not have, and what lies in its trash, is left out. */
  readonly at: (sold: readonly Sold[], signal: AbortSignal) => Promise<Outcome<readonly Item[]>>;
  /** Products by id, from the one behind so many. */
  readonly productPage: (offset: number, signal: AbortSignal) => Promise<Outcome<readonly Item[]>>;
};

const fields = 'id,parent_id,type,name,sku,manage_stock,stock_quantity,backorders,variations';

/** Older releases name no variation. */
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A product that is managed and was never counted shows nothing, which is none. */
const quantityIn = (json: Json): number | undefined => {
  const quantity = json['stock_quantity'] ?? 0;
  return Number.isSafeInteger(quantity) ? (quantity as number) : undefined;
};

const itemIn = (json: unknown): Item => {
  const item = objectIn(json, 'a product');
  return {
    ...soldItemIn(json),
    ...{ type: textIn(item['type']), name: textIn(item['name']), sku: textIn(item['sku']) },
    quantity: quantityIn(item),
    variations: Array.isArray(item['variations']) ? item['variations'].filter(Number.isSafeInteger) : [],
  };
};

/** The first failure, or all that was found. */
const joined = async <Part>(
  parts: readonly Part[],
  read: (part: Part) => Promise<Outcome<readonly Item[]>>,
): Promise<Outcome<readonly Item[]>> => {
  const items: Item[] = [];
  for (const part of parts) {
    const found = await read(part);
    if (found.kind === 'failed') return found;
    items.push(...found.value);
  }
  return ok(items);
};

const piecesOf = (ids: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(ids.length / pageRowsMax) }, (_, at) =>
    ids.slice(at * pageRowsMax, (at + 1) * pageRowsMax),
  );

const distinct = (ids: readonly number[]): readonly number[] => [...new Set(ids)];

export const itemsOf = (client: Client): Items => {
  const listed = (resource: string, ids: readonly number[], signal: AbortSignal) =>
    joined(piecesOf(distinct(ids)), (some) =>
      readRows(client, { resource, query: { _fields: fields, include: some.join() } }, itemIn, signal),
    );
  const byProduct = (sold: readonly Sold[], signal: AbortSignal) =>
    joined(distinct(sold.map(({ productId }) => productId)), (product) => {
      const own = sold.filter(({ productId }) => productId === product).map(({ variationId }) => variationId);
      return listed(`products/${product}/variations`, own, signal);
    });
  // One list of all variations is there, and nobody documents it: a shop without it is asked product by product.
  const variations = async (sold: readonly Sold[], signal: AbortSignal) => {
    const ids = sold.map(({ variationId }) => variationId);
    const found = await listed('variations', ids, signal);
    return found.kind === 'failed' && found.failure.kind === 'api_off' ? byProduct(sold, signal) : found;
  };
  return {
    at: (sold, signal) => {
      const simple = sold.filter(({ variationId }) => variationId === 0).map(({ productId }) => productId);
      const divided = sold.filter(({ variationId }) => variationId !== 0);
      const parts = [() => listed('products', simple, signal), () => variations(divided, signal)];
      return joined(parts, (read) => read());
    },
    productPage: (offset, signal) => {
      const query = { _fields: fields, orderby: 'id', order: 'asc', offset: String(offset) };
      return readRows(client, { resource: 'products', query }, itemIn, signal);
    },
  };
};
