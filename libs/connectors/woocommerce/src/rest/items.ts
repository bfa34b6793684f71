import { groupedBy } from '#channel-kit';
import { type Json, objectIn, piecesOf, readEach } from '#shop-http';
import { type Sold } from '../effects/views.js';
import { soldItemIn } from '../reading/order-view.js';
import { type Client, pageRowsMax, readRows } from './client.js';

const fields = 'id,parent_id,type,name,sku,manage_stock,stock_quantity,backorders,variations';

/** Older releases name no variation. */
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** A product that is managed and was never counted shows nothing, which is none. */
const quantityIn = ({ stock_quantity: quantity }: Json): number | undefined =>
  isWhole(quantity ?? 0) ? Number(quantity) : undefined;

/** A product or a variation with what it shows. */
const itemIn = (json: unknown) => {
  const item = objectIn(json, 'a product');
  return {
    ...soldItemIn(json),
    /** `simple`, `variable`, `variation`, `grouped`, `external`, or a word of a plugin. */
    type: textIn(item['type']),
    ...{ name: textIn(item['name']), sku: textIn(item['sku']) },
    /** Undefined where it is no whole number: a plugin counts in parts. */
    quantity: quantityIn(item),
    /** Ids of its variations. */
    variations: Array.isArray(item['variations']) ? item['variations'].filter(isWhole) : [],
  };
};

export type Item = Readonly<ReturnType<typeof itemIn>>;

/** Products and variations of a shop. */
export const itemsOf = (client: Client) => {
  const listed = (resource: string, ids: readonly number[], signal: AbortSignal) =>
    readEach(piecesOf([...new Set(ids)], pageRowsMax), (some) =>
      readRows(client, { resource, query: { _fields: fields, include: some.join() } }, itemIn, signal),
    );
  const variationsIn = (resource: string, sold: readonly Sold[], signal: AbortSignal) =>
    listed(
      resource,
      sold.map(({ variationId }) => variationId),
      signal,
    );
  // One list of all variations is there, and nobody documents it: a shop without it is asked product by product.
  const variations = async (sold: readonly Sold[], signal: AbortSignal) => {
    const found = await variationsIn('variations', sold, signal);
    if (found.kind === 'ok' || found.failure.kind !== 'api_off') return found;
    const byProduct = [...groupedBy(sold, ({ productId }) => productId)];
    return readEach(byProduct, ([product, own]) => variationsIn(`products/${product}/variations`, own, signal));
  };
  return {
    /** What the shop has of these, in no order; others are left out. */
    at: (sold: readonly Sold[], signal: AbortSignal) => {
      const simple = sold.filter(({ variationId }) => variationId === 0).map(({ productId }) => productId);
      const divided = sold.filter(({ variationId }) => variationId !== 0);
      const parts = [() => listed('products', simple, signal), () => variations(divided, signal)];
      return readEach(parts, (read) => read());
    },
    /** `pageRowsMax` products by id, from the one behind so many. */
    productPage: (offset: number, signal: AbortSignal) => {
      const query = { _fields: fields, orderby: 'id', order: 'asc', offset: String(offset) };
      return readRows(client, { resource: 'products', query }, itemIn, signal);
    },
  };
};

export type Items = ReturnType<typeof itemsOf>;
