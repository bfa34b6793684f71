import type { IncomingSupply, Supply } from '#atp';
import { backWhereTheyWere, backWithinQuotas, roomOf, supplyOfBalances, unsourcedOf } from '#stock';
import { stockStreamOf } from '../events/ledger-event.js';
import type { SkuRow } from './sku-rows.js';

const unsourcedPrefix = 'unsourced:';

/** The channel whose debts stand at this location; undefined: a place. */
export const unsourcedChannelOf = (location: string): string | undefined =>
  location.startsWith(unsourcedPrefix) ? location.slice(unsourcedPrefix.length) : undefined;

/** What availability takes in: balances with the units of expired holds back where they came from, and their origins. */
export const supplyOf = (row: SkuRow): Supply => {
  const stream = stockStreamOf(row.sku);
  const supply = supplyOfBalances(standingOf(row), {
    ...toComeOf(row, stream),
    ...(row.next_expiry !== null && { nextExpiry: row.next_expiry }),
  });
  const revisions = new Map((row.balances ?? []).map(([location, revision]) => [location, revision]));
  const originOf = (location: string) => ({ stream, revision: revisions.get(location) ?? row.revision });
  return {
    ...supply,
    locations: supply.locations.map((place) => ({ ...place, origin: originOf(place.location) })),
    unsourced: supply.unsourced.map((owed) => ({ ...owed, origin: originOf(unsourcedOf(owed.channel)) })),
  };
};

const standingOf = (row: SkuRow) => {
  const back = expiredUnitsOf(row);
  return (row.balances ?? []).map(([location, , sellable, , committed]) => {
    const free = sellable + (back.get(location)?.get('sellable') ?? 0);
    return [location, { sellable: free, committed, fenced: fencedAt(row, location, back) }] as const;
  });
};

/** Units of each line that only expired carts were promised. */
const lapsedIn = ({ expired }: SkuRow): ReadonlyMap<string, number> => {
  const lapsed = new Map<string, number>();
  for (const [, , , promises] of expired ?? [])
    for (const { incomingLine, quantity } of promises)
      lapsed.set(incomingLine, (lapsed.get(incomingLine) ?? 0) + quantity);
  return lapsed;
};

/** What is to come, and what was sold in pre-orders, less what only expired carts were promised. */
const toComeOf = (row: SkuRow, stream: string): Pick<Supply, 'incoming' | 'preordered'> => {
  const { incoming, preordered } = row;
  if (incoming === null && preordered === null) return {};
  const lapsed = lapsedIn(row);
  const standing = (line: string, pledged: number): number => pledged - (lapsed.get(line) ?? 0);
  return {
    incoming: (incoming ?? []).map(
      ([line, location, quantity, eta, confirmed, confidence, pledged, revision]): IncomingSupply => ({
        ...{ line, location, quantity, confirmed, confidence, pledged: standing(line, pledged) },
        origin: { stream, revision },
        ...(eta !== null && { eta }),
      }),
    ),
    preordered: (preordered ?? []).map(([line, filled, pledged]) => ({
      line,
      filled,
      pledged: standing(line, pledged),
    })),
  };
};

/** Location -> bucket -> units of expired holds that came from there. */
type Back = ReadonlyMap<string, ReadonlyMap<string, number>>;

const noneBack: Back = new Map();

const expiredUnitsOf = (row: SkuRow): Back => {
  if (row.expired === null) return noneBack;
  const back = new Map<string, Map<string, number>>();
  const given = row.expired.flatMap(([, , parts]) => backWhereTheyWere(parts));
  for (const { location, to, quantity } of backWithinQuotas(given, (at) => roomIn(row, at))) {
    const buckets = back.get(location) ?? new Map<string, number>();
    buckets.set(to, (buckets.get(to) ?? 0) + quantity);
    back.set(location, buckets);
  }
  return back;
};

type Fence = { readonly location: string; readonly channel: string };

const quantityIn = (rows: SkuRow['quotas'], { location, channel }: Fence): number =>
  rows?.find(([at, of]) => at === location && of === channel)?.[2] ?? 0;

const roomIn = ({ quotas, fences }: SkuRow, fence: Fence): number =>
  roomOf({ quantity: quantityIn(quotas, fence) }, quantityIn(fences, fence));

const fencedAt = (row: SkuRow, location: string, back: Back): Record<string, number> => {
  const fenced: Record<string, number> = {};
  for (const [at, channel, quantity] of row.fences ?? []) if (at === location) fenced[channel] = quantity;
  for (const [bucket, quantity] of back.get(location) ?? []) {
    if (!bucket.startsWith('fenced:')) continue;
    const channel = bucket.slice('fenced:'.length);
    fenced[channel] = (fenced[channel] ?? 0) + quantity;
  }
  return fenced;
};

/** Units that are there in the channel's own open reservations; what those were promised of what is to come is not. */
export const heldBy = (row: SkuRow, channel: string): number => {
  let held = 0;
  for (const [of, quantity] of row.held ?? []) if (of === channel) held += quantity;
  for (const [of, , parts] of row.expired ?? []) if (of === channel) for (const part of parts) held -= part.quantity;
  return held;
};

/** Units by the listing that sells them: `42`, `42:7`. */
export type HeldByListing = Readonly<Record<string, number>>;

/** Listings of one SKU in one channel whose holds are told apart: a SKU is sold by a few. Those that hold most are kept. */
export const heldListingsMax = 100;

/** Of `heldBy` those units whose holds name their listing; those that name none count for none. */
export const heldByListing = (row: SkuRow, channel: string): HeldByListing => {
  if (row.held_by_listing === null) return nothingHeld;
  const held = new Map<string, number>();
  const add = (listing: string, units: number): void => {
    held.set(listing, (held.get(listing) ?? 0) + units);
  };
  for (const [of, listing, quantity] of row.held_by_listing) if (of === channel) add(listing, quantity);
  for (const [of, , parts, , listing] of row.expired ?? [])
    if (of === channel && listing !== null) for (const part of parts) add(listing, -part.quantity);
  return keptOf([...held].filter(([, units]) => units > 0));
};

/** Nearly every pair. */
export const nothingHeld: HeldByListing = {};

/** In the order of listings. */
const keptOf = (held: readonly (readonly [listing: string, units: number])[]): HeldByListing => {
  const most = held.toSorted(([a, units], [b, more]) => more - units || (a < b ? -1 : 1)).slice(0, heldListingsMax);
  return Object.fromEntries(most.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** Says the same of every listing. */
export const isSameHeld = (a: HeldByListing, b: HeldByListing): boolean => {
  if (a === b) return true;
  const listings = Object.keys(a);
  return listings.length === Object.keys(b).length && listings.every((listing) => a[listing] === b[listing]);
};

/** As a member that is left out where there is nothing. */
export const heldByListingMember = (held: HeldByListing): { readonly heldByListing?: HeldByListing } =>
  Object.keys(held).length === 0 ? {} : { heldByListing: held };
