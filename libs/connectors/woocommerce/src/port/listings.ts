import { type ChannelPort, groupedBy, type ShopListing, type SoldIds } from '#channel-kit';
import { keyOf } from '../effects/index.js';
import { type Item, type Items, ok, type Outcome, pageRowsMax } from '../rest/index.js';
import { type PortContext } from './context.js';
import { type WooCommerceOrder } from './order.js';
import { ownRowOf } from './rows.js';
import { answered, troubledBy } from './trouble.js';

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
  return {
    row: item.parentId === 0 ? keyOf(item.id, 0) : keyOf(item.parentId, item.id),
    ids,
    references: item.sku === '' ? [] : [item.sku],
    title,
    ...(unfit !== undefined && { unfit }),
  };
};

const productListing = (product: Item): ShopListing => listing(product, { product: String(product.id) }, product.name);

const variationListing = (product: Item, variation: Item): ShopListing => {
  const ids = { product: String(product.id), variant: String(variation.id) };
  return listing(variation, ids, `${product.name} (${variation.name || variation.sku || variation.id})`);
};

/** Variations that the product manages are sold by the product's listing. */
const listingsIn = (product: Item, variations: readonly Item[]): readonly ShopListing[] => {
  if (withoutStock.has(product.type)) return [];
  if (product.variations.length === 0) return product.type === 'variable' ? [] : [productListing(product)];
  const own = variations.filter(({ managesStock }) => managesStock !== 'parent');
  const shared = own.length < variations.length ? [productListing(product)] : [];
  return [...shared, ...own.map((variation) => variationListing(product, variation))];
};

/** Where the walk stands: behind so many products, the last of which is this one. */
type Place = { readonly offset: number; readonly lastId: number };

const placeIn = (after: string | undefined): Place => {
  const [, offset = '0', lastId = '0'] = /^(\d{1,9})@(\d{1,15})$/u.exec(after ?? '') ?? [];
  return { offset: Number(offset), lastId: Number(lastId) };
};

/** So many products may be deleted between two pages before one more page has to be read. */
const overlapRows = 10;

type Found = { readonly from: number; readonly products: readonly Item[] };

/** Pages are found by number alone. Products that are deleted move the others up: so a page begins before the last one seen. */
const readAround = async (items: Items, { offset, lastId }: Place, signal: AbortSignal): Promise<Outcome<Found>> => {
  for (let from = Math.max(0, offset - overlapRows); ; from = Math.max(0, from - pageRowsMax)) {
    const page = await items.productPage(from, signal);
    if (page.kind === 'failed') return page;
    const isJoined = from === 0 || (page.value[0]?.id ?? Infinity) <= lastId;
    if (isJoined) return ok({ from, products: page.value });
  }
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

const variationsOf = async (
  items: Items,
  products: readonly Item[],
  signal: AbortSignal,
): Promise<Outcome<ReadonlyMap<number, readonly Item[]>>> => {
  const sold = products.flatMap(({ id, variations }) =>
    variations.map((variationId) => ({ productId: id, variationId })),
  );
  const found = await items.at(sold, signal);
  return found.kind === 'failed' ? found : ok(groupedBy(found.value, ({ parentId }) => parentId));
};

/** Walks the products in the order of their ids, each with its variations. */
export const listingsOf =
  ({ items }: PortContext): ChannelPort<WooCommerceOrder>['listings'] =>
  async (after, signal) => {
    const place = placeIn(after);
    const around = await readAround(items, place, signal);
    if (around.kind === 'failed') return troubledBy(around.failure);
    const { from, products } = around.value;
    const fresh = products.filter(({ id }) => id > place.lastId);
    const some = fresh.slice(0, fitting(fresh));
    const variations = await variationsOf(items, some, signal);
    if (variations.kind === 'failed') return troubledBy(variations.failure);
    const listings = some.flatMap((product) => listingsIn(product, variations.value.get(product.id) ?? []));
    const isLast = products.length < pageRowsMax && some.length === fresh.length;
    const offset = from + products.length - fresh.length + some.length;
    return answered({ items: listings, next: isLast ? undefined : `${offset}@${some.at(-1)?.id ?? place.lastId}` });
  };
