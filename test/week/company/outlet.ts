import type { Listing, Seller } from './places.js';

/** A figure that was set in a row: by whoever keeps it, or by hand. */
export type OutletWrite = {
  readonly listing: Listing;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly at: number;
};

/** Where things are sold that is no shop of PrestaShop, as those see it who count what is there. */
export type Outlet = Seller & {
  /** What the row of a listing shows. */
  readonly shows: (listing: Listing) => number;
  /** Units of a listing that nobody else may buy: orders want them and they have not left, or they wait in quarantine. */
  readonly owes: (listing: Listing) => number;
  /** Units that the shop itself counts beside its figure, until their order is paid. */
  readonly keeps: (listing: Listing) => number;
  /** Figures that were set since it was asked last; left out: nobody notes them there. */
  readonly writes?: () => readonly OutletWrite[];
};

/** Units of a SKU that an outlet owes and that have not left. */
export const owedBy = ({ bySku, owes }: Outlet, sku: string): number => {
  const listing = bySku.get(sku);
  return listing === undefined ? 0 : owes(listing) * listing.unitsPerSale;
};
