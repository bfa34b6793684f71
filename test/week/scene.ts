import type { Ledger } from '#apps/ledger';
import type { RowKey } from '#channel-kit';
import type { Draw } from '../simulation/steps.js';
import { freeOf, type Company } from './company/company.js';
import type { Listing, Place } from './company/places.js';
import type { WeekLedger } from './ledger/ledger-side.js';
import type { Network } from './network.js';
import type { Notes } from './notes.js';
import type { Stage } from './stage.js';

/** An order that somebody may still do something with. */
export type OpenOrder = { readonly place: Place; readonly id: number; readonly sku: string };

/** Everything that what happens may need. */
export type Scene = {
  readonly stage: Stage;
  readonly draw: Draw;
  readonly company: Company;
  readonly ledger: Ledger;
  readonly side: WeekLedger;
  readonly network: Network;
  readonly notes: Notes;
  readonly orders: OpenOrder[];
  /** SKUs to which something happens just now: nothing else does. */
  readonly busy: Set<string>;
  /** A message of the shop's module; lost where nobody runs that could hear it. */
  readonly hint: (channel: string, orders: readonly string[]) => void;
  /** Ends whoever keeps the shops, without a word; another begins after so many milliseconds. */
  readonly crash: (millis: number) => void;
};

/** Where something happens. */
export type Spot = { readonly place: Place; readonly listing: Listing };

export const minutes = (count: number): number => count * 60_000;

export const somePlace = ({ draw, company }: Scene): Place => draw.oneOf(company.places);

export const otherPlace = ({ draw, company }: Scene, than: Place): Place =>
  draw.oneOf(company.places.filter(({ channel }) => channel !== than.channel));

/** Enough of it for whatever happens. */
const freeUnitsMin = 8;
const triesMax = 200;

/** One of the listings to which nothing else happens, with units to spare; it is the caller's until it is given back. */
export const takeListing = (scene: Scene, listings: readonly Listing[]): Listing => {
  const { draw, company, busy, notes } = scene;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const listing = draw.oneOf(listings);
    if (busy.has(listing.sku) || freeOf(company, listing.sku) < freeUnitsMin) continue;
    busy.add(listing.sku);
    company.changed.add(listing.sku);
    notes.touched.set(listing.sku, scene.stage.millis());
    return listing;
  }
  throw new Error('No listing is free for what should happen next');
};

export const takeSpot = (scene: Scene, place = somePlace(scene)): Spot => ({
  place,
  listing: takeListing(scene, [...place.bySku.values()]),
});

/** So much time passes in which nobody does anything; not while a request is on its way, which would take as long. */
export const skip = async ({ stage, network }: Scene, millis: number): Promise<void> => {
  while (!network.isQuiet()) await stage.passUntil(stage.millis() + 1);
  await stage.skip(millis);
};

export const listingAt = (place: Place, sku: string): Listing => {
  const listing = place.bySku.get(sku);
  if (listing === undefined) throw new Error(`${place.channel} does not sell ${sku}`);
  return listing;
};

/** Asks again every moment until it is so, for a bounded time. Answers whether it came to be. */
export const until = async ({ stage }: Scene, isSo: () => boolean, millisMax: number): Promise<boolean> => {
  const end = stage.millis() + millisMax;
  while (!isSo() && stage.millis() < end) await stage.rest(100);
  return isSo();
};

export type { RowKey };
