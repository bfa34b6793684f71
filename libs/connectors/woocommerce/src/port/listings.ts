import { groupedBy, type ShopListing, type SoldIds, soldIds } from '#channel-kit';
import { mapped, walkOn } from '#shop-http';
import { rowKeyOf } from '../reading/order-view.js';
import { pageRowsMax } from '../rest/client.js';
import { answerOf } from '../rest/failure.js';
import { type Item, type Items } from '../rest/items.js';
import { type PortContext, type WooCommercePort } from './context.js';
import { ownRowOf } from './rows.js';

const unmanaged = {
  code: 'stock_unmanaged',
  detail: 'The shop does not count this: switch stock management on for the product or the variation.',
};

const inParts = {
  code: 'stock_in_parts',
  detail: 'The shop counts this in parts of a unit: the ledger counts whole ones.',
};

/** Sold as what it holds, or elsewhere: neither has stock of its own. */
const withoutStock: ReadonlySet<string> = new Set(['grouped', 'external']);

const listing = (item: Item, ids: SoldIds, title: string): ShopListing => {
  const unfit = ownRowOf(item) === undefined ? unmanaged : item.quantity === undefined ? inParts : undefined;
  const references = item.sku === '' ? [] : [item.sku];
  return { row: rowKeyOf(item), ids, references, title, ...(unfit !== undefined && { unfit }) };
};

const productListing = (product: Item): ShopListing => listing(product, soldIds(product.id, 0), product.name);

const variationListing = (product: Item, variation: Item): ShopListing => {
  const name = variation.name || variation.sku || variation.id;
  return listing(variation, soldIds(product.id, variation.id), `${product.name} (${name})`);
};

/** Variations that the product manages are sold by the product's listing. */
const listingsIn = (product: Item, variations: readonly Item[]): readonly ShopListing[] => {
  if (withoutStock.has(product.type)) return [];
  if (product.variations.length === 0) return product.type === 'variable' ? [] : [productListing(product)];
  const own = variations.filter(({ managesStock }) => managesStock !== 'parent');
  const shared = own.length < variations.length ? [productListing(product)] : [];
  return [...shared, ...own.map((variation) => variationListing(product, variation))];
};

const readListings = async (items: Items, products: readonly Item[], signal: AbortSignal) => {
  const sold = products.flatMap(({ id, variations }) =>
    variations.map((variationId) => ({ productId: id, variationId })),
  );
  return mapped(await items.at(sold, signal), (found) => {
    const variations = groupedBy(found, ({ parentId }) => parentId);
    return products.flatMap((product) => listingsIn(product, variations.get(product.id) ?? []));
  });
};

/** Walks the products in the order of their ids, each with its variations. */
export const listingsOf =
  ({ items }: PortContext): WooCommercePort['listings'] =>
  async (after, signal) =>
    answerOf(
      await walkOn(after, {
        rowsMax: pageRowsMax,
        page: (offset) => items.productPage(offset, signal),
        partsOf: ({ variations }) => variations.length,
        read: (products) => readListings(items, products, signal),
      }),
    );
