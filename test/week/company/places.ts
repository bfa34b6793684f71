import type { RowKey } from '#channel-kit';
import {
  startPrestashop,
  type PausePoint,
  type PrestashopServer,
  type Version,
} from '../../servers/prestashop/index.js';
import type { Stage } from '../stage.js';

/** What a channel sells: a SKU, as a row of its shop. */
export type Listing = {
  readonly channel: string;
  readonly sku: string;
  readonly row: RowKey;
  readonly sellable: { readonly id_product: number; readonly id_product_attribute: number };
  /** As order lines and holds name it. */
  readonly ids: { readonly product: string; readonly variant?: string };
  readonly unitsPerSale: number;
};

export const nameOf = ({ product, variant }: Listing['ids']): string =>
  variant === undefined ? product : `${product}:${variant}`;

/** A channel with what it sells, as the ledger is told of it. */
export type Seller = {
  readonly channel: string;
  readonly connection: string;
  readonly bySku: ReadonlyMap<string, Listing>;
  /** By `42`, `42:7`: how order lines and holds name a listing. */
  readonly byName: ReadonlyMap<string, Listing>;
  /** Units of each SKU that it is not shown; none when left out. */
  readonly bufferUnits?: number;
};

/** An act that stands between its reading and its writing. */
export type Held = { readonly isHeld: () => boolean; readonly open: () => void };

/** Where things are sold. */
export type Place = Seller & {
  readonly server: PrestashopServer;
  readonly byRow: ReadonlyMap<RowKey, Listing>;
  /** Holds the next acts of the shop that come to such a point. */
  readonly hold: (matches: (at: PausePoint) => boolean) => Held;
};

type Gate<Point> = Held & { readonly matches: (at: Point) => boolean; readonly wait: () => Promise<void> };

const gateOf = <Point>(matches: (at: Point) => boolean, leave: (gate: Gate<Point>) => void): Gate<Point> => {
  const waiting: (() => void)[] = [];
  const gate: Gate<Point> = {
    matches,
    isHeld: () => waiting.length > 0,
    wait: () => new Promise((resolve) => void waiting.push(resolve)),
    open: () => {
      leave(gate);
      for (const go of waiting.splice(0)) go();
    },
  };
  return gate;
};

/** Several acts of one shop can be held at once, each by its own gate. */
export const gatesOf = <Point>(
  pauseWith: (pause: (at: Point) => Promise<void> | undefined) => void,
): ((matches: (at: Point) => boolean) => Held) => {
  const gates = new Set<Gate<Point>>();
  pauseWith((at) => [...gates].find(({ matches }) => matches(at))?.wait());
  return (matches) => {
    const gate = gateOf(matches, (left) => void gates.delete(left));
    gates.add(gate);
    return gate;
  };
};

/** Every so many SKUs two are the combinations of one product; every so many, one is sold by the pair in one channel. */
const combinationsEvery = 5;
const pairsEvery = 20;

export type PlaceOptions = {
  readonly channel: string;
  readonly version: Version;
  readonly skus: readonly string[];
  readonly units: (sku: string) => number;
  /** Sells some of them by the pair. */
  readonly sellsPairs?: boolean;
};

const inShop = ({ server }: Pick<Place, 'server'>, { units }: PlaceOptions, skus: readonly string[]) => {
  const [first = '', second] = skus;
  if (second === undefined) {
    const id_product = server.shop.createProduct({ reference: first, quantity: units(first) });
    return [{ id_product, id_product_attribute: 0 }];
  }
  const before = server.shop.tables.combinations.dump().lastId;
  const combinations = skus.map((sku) => ({ reference: sku, quantity: units(sku) }));
  const id_product = server.shop.createProduct({ reference: `${first}+`, combinations });
  return skus.map((_, nth) => ({ id_product, id_product_attribute: before + 1 + nth }));
};

const listingOf = (
  { channel, sellsPairs }: PlaceOptions,
  sku: string,
  nth: number,
  sellable: Listing['sellable'],
): Listing => {
  const { id_product: product, id_product_attribute: variant } = sellable;
  return {
    ...{ channel, sku, sellable, row: `${product}-${variant}@s1g0` },
    ids: { product: String(product), ...(variant > 0 && { variant: String(variant) }) },
    unitsPerSale: sellsPairs === true && nth % pairsEvery === 0 ? 2 : 1,
  };
};

/** SKUs in the groups by which they become products. */
const productsOf = (skus: readonly string[]): readonly (readonly string[])[] => {
  const groups: string[][] = [];
  for (const [nth, sku] of skus.entries()) {
    const last = groups.at(-1);
    if (nth % combinationsEvery === 1 && last !== undefined && nth > 1) last.push(sku);
    else groups.push([sku]);
  }
  return groups;
};

/** A shop with its rows as the ledger would have them. */
export const openPlace = async (stage: Stage, options: PlaceOptions): Promise<Place> => {
  const { channel, version, skus, units } = options;
  const server = await startPrestashop({ version, now: stage.millis });
  const numbers = new Map(skus.map((sku, nth) => [sku, nth]));
  const listings = productsOf(skus).flatMap((group) =>
    inShop({ server }, options, group).map((sellable, nth) => {
      const sku = group[nth] ?? '';
      return listingOf(options, sku, numbers.get(sku) ?? 0, sellable);
    }),
  );
  for (const { sku, sellable, unitsPerSale } of listings.filter((listing) => listing.unitsPerSale > 1)) {
    const row = server.shop.stockOf(sellable);
    if (row !== undefined) server.shop.tables.stock.put({ ...row, quantity: Math.floor(units(sku) / unitsPerSale) });
  }
  return {
    ...{ channel, connection: `${channel}_shop`, server },
    bySku: new Map(listings.map((listing) => [listing.sku, listing])),
    byRow: new Map(listings.map((listing) => [listing.row, listing])),
    byName: new Map(listings.map((listing) => [nameOf(listing.ids), listing])),
    hold: gatesOf<PausePoint>(server.shop.pauseWith),
  };
};
