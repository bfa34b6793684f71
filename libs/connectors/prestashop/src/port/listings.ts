import { type ChannelPort, type ShopListing, soldIds } from '#channel-kit';
import { keyOf } from '../effects/index.js';
import { stockTypeOf } from '../effects/packs.js';
import { readAllRows } from '../reading/index.js';
import {
  anyOf,
  type Client,
  type Combination,
  combinations,
  idsMax,
  type NamedProduct,
  namedProducts,
  type Outcome,
  readByIds,
  readPage,
  type StockAvailable,
  stockAvailables,
} from '../webservice/index.js';
import { type PrestashopOrder } from './order.js';
import { type ShopSettings } from './settings.js';
import { type PortContext, rowFilters } from './shop.js';
import { answered, troubledBy } from './trouble.js';

type Catalogue = {
  readonly products: ReadonlyMap<number, NamedProduct>;
  readonly combinations: ReadonlyMap<number, Combination>;
  /** Products that have combinations. */
  readonly divided: ReadonlySet<number>;
};

const readCatalogue = async (
  client: Client,
  rows: readonly StockAvailable[],
  signal: AbortSignal,
): Promise<Outcome<Catalogue>> => {
  const ids = [...new Set(rows.map(({ productId }) => productId))];
  const products = await readByIds(client, namedProducts, ids, signal);
  if (products.kind === 'failed') return products;
  const parts = await readAllRows(client, combinations, { filters: [anyOf('id_product', ids)] }, signal);
  if (parts.kind === 'failed') return parts;
  return {
    kind: 'ok',
    value: {
      products: new Map(products.value.map((product) => [product.id, product])),
      combinations: new Map(parts.value.map((combination) => [combination.id, combination])),
      divided: new Set(parts.value.map(({ productId }) => productId)),
    },
  };
};

/** Why a row cannot be written, for a person. */
const whyNot = {
  pack_of_products:
    'The shop moves the products of this pack alone: make it a bundle of them in the ledger and give the bundle this listing, or its orders take nothing there.',
  pack_of_both:
    'The shop moves this pack and its products both, and lowers the pack when a product is sold: set it to move one of the two alone.',
  depends_on_stock:
    'The row is kept by the advanced stock management of old and cannot be written: switch that off for the product.',
};

const unfitOf = (row: StockAvailable, stockType: number, { view }: ShopSettings): keyof typeof whyNot | undefined => {
  if (stockType === 1) return 'pack_of_products';
  if (stockType === 2) return 'pack_of_both';
  return view.family !== '9' && row.dependsOnStock === 1 ? 'depends_on_stock' : undefined;
};

/** Which rows a product moves when it is sold; 0: its own. */
const stockTypeIn = ({ type, packStockType }: NamedProduct, { view }: ShopSettings): number =>
  type === 'pack' ? stockTypeOf(view, { stockType: packStockType, items: [] }) : 0;

/** A row that nobody sells by is none: the sum of combinations, what was deleted. */
const listingOf = (row: StockAvailable, catalogue: Catalogue, settings: ShopSettings): readonly ShopListing[] => {
  const product = catalogue.products.get(row.productId);
  const combination = catalogue.combinations.get(row.attributeId);
  if (product === undefined) return [];
  if (row.attributeId === 0 ? catalogue.divided.has(row.productId) : combination === undefined) return [];
  const stockType = stockTypeIn(product, settings);
  const { reference, id } = combination ?? { reference: product.reference, id: 0 };
  const unfit = unfitOf(row, stockType, settings);
  return [
    {
      row: keyOf(row),
      ids: soldIds(product.id, id),
      references: reference === '' ? [] : [reference],
      title: combination === undefined ? product.name : `${product.name} (${reference || id})`,
      ...(unfit !== undefined && { unfit: { code: unfit, detail: whyNot[unfit] } }),
    },
  ];
};

const idAfter = (after: string | undefined): number => (/^\d{1,10}$/u.test(after ?? '') ? Number(after) : 0);

/** Walks the rows of stock in the order of their ids, so that what comes and goes meanwhile shifts nothing. */
export const listingsOf =
  ({ client, settings, shopId }: PortContext): ChannelPort<PrestashopOrder>['listings'] =>
  async (after, signal) => {
    const known = await settings(signal);
    if (known.kind === 'failed') return troubledBy(known.failure);
    const filters = rowFilters(known.value, shopId);
    // Not more rows than products can be asked for at once.
    const request = { filters, afterId: idAfter(after), rowsMax: idsMax };
    const page = await readPage(client, stockAvailables, request, signal);
    if (page.kind === 'failed') return troubledBy(page.failure);
    const { rows, isLast } = page.value;
    const last = rows.at(-1);
    if (last === undefined) return answered({ items: [], next: undefined });
    const catalogue = await readCatalogue(client, rows, signal);
    if (catalogue.kind === 'failed') return troubledBy(catalogue.failure);
    const items = rows.flatMap((row) => listingOf(row, catalogue.value, known.value));
    return answered({ items, next: isLast ? undefined : String(last.id) });
  };
