import { byProduct, type DetailRow } from '../../servers/prestashop/index.js';
import { owedBy, type Outlet } from './outlet.js';
import type { Listing, Place } from './places.js';

/** Units that a cart holds until a moment. */
export type CartHold = {
  readonly channel: string;
  readonly cart: string;
  readonly sku: string;
  readonly units: number;
  /** Milliseconds since 1970. */
  readonly until: number;
};

/**
 * What there really is: units on the shelf, parcels that have left, carts that somebody keeps. It is counted here and in the
 * shops' own orders, and knows neither what a row shows nor what the ledger says.
 */
export type Company = {
  readonly places: readonly Place[];
  /** What sells beside them. */
  readonly outlets: readonly Outlet[];
  readonly shelf: Map<string, number>;
  /** Units of an order's line that have left, by `parcelKey`. */
  readonly parcels: Map<string, number>;
  readonly carts: Map<string, CartHold>;
  /** SKUs of which something has changed here since whoever watches has looked. */
  readonly changed: Set<string>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Cancelled, refunded as a whole, error: nothing is owed for such an order. */
const endedStates: ReadonlySet<number> = new Set([6, 7, 8]);

export const parcelKey = (channel: string, detail: number): string => `${channel}/${detail}`;

/** Units of the SKU that are owed for a line and have not left. */
export const owedFor = ({ parcels }: Company, { channel, server }: Place, line: DetailRow): number => {
  const state = server.shop.tables.orders.get(line.id_order)?.current_state ?? 0;
  if (endedStates.has(state)) return 0;
  const left = parcels.get(parcelKey(channel, line.id)) ?? 0;
  return Math.max(0, line.product_quantity - line.product_quantity_refunded - left);
};

const linesOf = ({ server }: Place, { sellable }: Listing): readonly DetailRow[] =>
  server.shop.tables.details
    .where(sellable.id_product, byProduct)
    .filter((line) => line.product_attribute_id === sellable.id_product_attribute);

/** Units that a channel owes and that have not left. */
export const owedAt = (company: Company, place: Place, sku: string): number => {
  const listing = place.bySku.get(sku);
  if (listing === undefined) return 0;
  const sold = linesOf(place, listing).reduce((sum, line) => sum + owedFor(company, place, line), 0);
  return sold * listing.unitsPerSale;
};

/** Units that are owed and have not left. */
export const owed = (company: Company, sku: string): number =>
  company.places.reduce((sum, place) => sum + owedAt(company, place, sku), 0) +
  company.outlets.reduce((sum, outlet) => sum + owedBy(outlet, sku), 0);

const openCarts = ({ carts, now }: Company, sku: string): readonly CartHold[] =>
  [...carts.values()].filter((cart) => cart.sku === sku && cart.until > now());

export const heldIn = (company: Company, channel: string, sku: string): number =>
  openCarts(company, sku)
    .filter((cart) => cart.channel === channel)
    .reduce((sum, { units }) => sum + units, 0);

/** Units that anybody may still buy; below 0: so many are owed that are not there. */
export const freeOf = (company: Company, sku: string): number =>
  (company.shelf.get(sku) ?? 0) -
  owed(company, sku) -
  openCarts(company, sku).reduce((sum, { units }) => sum + units, 0);

/** What the row of a listing should show: what is free, and what its own carts hold. */
export const shouldShow = (company: Company, { channel, sku, unitsPerSale }: Listing): number =>
  Math.floor((Math.max(0, freeOf(company, sku)) + heldIn(company, channel, sku)) / unitsPerSale);

/**
 * What a row beside the shops of PrestaShop should show: what is free but for its channel's buffer, what its own carts hold, and
 * what the shop itself counts beside it.
 */
export const shouldShowIn = (company: Company, { channel, bufferUnits = 0, keeps }: Outlet, listing: Listing): number =>
  Math.max(0, freeOf(company, listing.sku) - bufferUnits) + heldIn(company, channel, listing.sku) + keeps(listing);

/** What it shows. */
export const showsNow = ({ server }: Place, { sellable }: Listing): number =>
  server.shop.stockOf(sellable)?.quantity ?? 0;

/** Its own carts could buy this much: what a person with a hold needs to find there. */
export const isSame = (shows: number, should: number): boolean => shows === should || (shows <= 0 && should <= 0);
