import { groupedBy, type ShopListing, type SoldIds, soldIds } from '#channel-kit';
import { answered, mapped, placeIn, placeText, readBehind } from '#shop-http';
import { rowKeyOf } from '../reading/order-view.js';
import { pageRowsMax } from '../rest/client.js';
import { troubledBy } from '../rest/failure.js';
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

/** Variations that are read for one page of listings, but for those of its first product: a shop may have hundreds of each. */
const variationsMax = 500;

/** How many products fit into one page of listings. */
const fitting = (products: readonly Item[]): number => {
  let variations = 0;
  const at = products.findIndex((product, index) => {
    variations += product.variations.length;
    return index > 0 && variations > variationsMax;
  });
  return at === -1 ? products.length : at;
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
  async (after, signal) => {
    const behind = await readBehind(placeIn(after), pageRowsMax, (offset) => items.productPage(offset, signal));
    if (behind.kind === 'failed') return troubledBy(behind.failure);
    const { rows, placeAfter, isLast } = behind.value;
    const count = fitting(rows);
    const listings = await readListings(items, rows.slice(0, count), signal);
    if (listings.kind === 'failed') return troubledBy(listings.failure);
    const next = isLast && count === rows.length ? undefined : placeText(placeAfter(count));
    return answered({ items: listings.value, next });
  };
