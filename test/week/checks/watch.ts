import { heldIn, isSame, shouldShow, showsNow, type Company } from '../company/company.js';
import type { Listing, Place } from '../company/places.js';
import { inject, type Injection, type Notes } from '../notes.js';
import type { Scene } from '../scene.js';

/** A cross-channel sale takes the way of the news before other rows know of it: that long ago counts as now. */
const newsMillis = 12_000;

type Moment = { readonly at: number; readonly should: number };

/** What rows should have shown of late, by channel and SKU. */
export type Watch = {
  /** Looks at all that happens to something, before time goes on by so many milliseconds. */
  readonly look: (millis: number) => void;
};

const injectionsAt = ({ injections }: Notes, { channel, row }: Listing, at: number): readonly Injection[] =>
  injections.filter(
    (one) => one.channel === channel && (one.row ?? row) === row && one.from <= at && at <= one.until,
  );

/** The one that tells most: what happened to the row itself before what happened to its channel. */
const causeAt = (notes: Notes, listing: Listing, at: number): string => {
  const found = injectionsAt(notes, listing, at);
  return (found.find(({ row }) => row !== undefined) ?? found[0])?.cause ?? 'the way of the news';
};

const remembered = (moments: readonly Moment[], at: number, should: number): readonly Moment[] => {
  const last = moments.at(-1);
  const young = moments.filter((_, nth) => (moments[nth + 1]?.at ?? at) >= at - newsMillis);
  return last?.should === should ? young : [...young, { at, should }];
};

type Watching = { readonly scene: Scene; readonly moments: Map<string, readonly Moment[]> };

const keyOf = ({ channel, sku }: Listing): string => `${channel}/${sku}`;

const lookAtRow = ({ scene, moments }: Watching, place: Place, listing: Listing, millis: number): void => {
  const { company, notes, stage } = scene;
  const should = shouldShow(company, listing);
  moments.set(keyOf(listing), remembered(moments.get(keyOf(listing)) ?? [], stage.millis(), should));
  const excess = (Math.max(0, showsNow(place, listing)) - should) * listing.unitsPerSale;
  if (excess <= 0) return;
  const cause = causeAt(notes, listing, stage.millis());
  notes.above.set(cause, (notes.above.get(cause) ?? 0) + excess * millis);
};

/** A write of whoever keeps the shop: never more than was true while it was decided on. */
const judgeWrite = ({ scene, moments }: Watching, listing: Listing, value: number, at: number): void => {
  const { company, notes } = scene;
  const lately = (moments.get(keyOf(listing)) ?? []).map(({ should }) => should);
  const most = Math.max(shouldShow(company, listing), ...lately);
  if (value <= most || injectionsAt(notes, listing, at).length > 0) return;
  notes.wrong.push(`${keyOf(listing)} was set to ${value} at ${new Date(at).toISOString()}, where at most ${most} was true`);
};

const readWrites = (watching: Watching, place: Place): void => {
  const { writes } = place.server.shop;
  const all = writes.all();
  if (all.length === 0) return;
  writes.clear();
  for (const { after, cause, at } of all) {
    const listing = place.byRow.get(`${after.id_product}-${after.id_product_attribute}@s1g0`);
    if (listing !== undefined && cause.kind === 'request') judgeWrite(watching, listing, after.quantity, at);
  }
};

/** Watches the listings to which something happens. */
export const watchRows = (scene: Scene): Watch => {
  const watching: Watching = { scene, moments: new Map() };
  return {
    look: (millis) => {
      const { company, busy } = scene;
      for (const place of company.places) {
        for (const sku of busy) {
          const listing = place.bySku.get(sku);
          if (listing !== undefined) lookAtRow(watching, place, listing, millis);
        }
        readWrites(watching, place);
      }
    },
  };
};

export const rowInWords = (company: Company, place: Place, listing: Listing): string =>
  `${keyOf(listing)} (${listing.row}) shows ${showsNow(place, listing)}, should ${shouldShow(company, listing)}, ` +
  `of which its carts hold ${heldIn(company, listing.channel, listing.sku)}`;

export { causeAt, injectionsAt, isSame, inject };
