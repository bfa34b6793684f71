import { heldIn, owed, shouldShow, showsNow, type Company } from '../company/company.js';
import type { Listing, Place } from '../company/places.js';
import { showsMillis, type Injection, type Notes } from '../notes.js';
import type { Scene } from '../scene.js';

/** A sale takes the way of the news before other rows know of it: what happened so long ago nobody needs to know yet. */
const newsMillis = 12_000;
/** What of a listing is remembered: longer than any outage of a feed, and the rest of a worker that has found it away. */
const rememberedMillis = 180_000;

/** `left`: units that were sold in any channel, or left the shelf, since it is watched. */
type Moment = { readonly at: number; readonly should: number; readonly left: number };

/** What rows should have shown of late, by channel and SKU. */
export type Watch = {
  /** Looks at all that happens to something, before time goes on by so many milliseconds. */
  readonly look: (millis: number) => void;
};

const injectionsAt = ({ injections }: Notes, { channel, row }: Listing, at: number): readonly Injection[] =>
  injections.filter((one) => one.channel === channel && one.row === row && one.from <= at && at <= one.until);

const causeAt = (notes: Notes, listing: Listing, at: number): string =>
  injectionsAt(notes, listing, at)[0]?.cause ?? 'the way of the news';

const remembered = (moments: readonly Moment[], now: Moment): readonly Moment[] => {
  const last = moments.at(-1);
  const young = moments.filter((_, nth) => (moments[nth + 1]?.at ?? now.at) >= now.at - rememberedMillis);
  return last?.should === now.should && last.left === now.left ? young : [...young, now];
};

/** Units that left between two looks. That they did may be hidden in the sum by units that arrived. */
const leftSince = (before: Standing | undefined, now: Standing): number =>
  before === undefined ? 0 : Math.max(0, now.owed - before.owed) + Math.max(0, before.shelf - now.shelf);

type Standing = { readonly owed: number; readonly shelf: number };

type Watching = {
  readonly scene: Scene;
  readonly moments: Map<string, readonly Moment[]>;
  readonly standings: Map<string, Standing>;
  readonly left: Map<string, number>;
};

const keyOf = ({ channel, sku }: Listing): string => `${channel}/${sku}`;

const countLeft = ({ scene: { company }, standings, left }: Watching, sku: string): void => {
  const now = { owed: owed(company, sku), shelf: company.shelf.get(sku) ?? 0 };
  left.set(sku, (left.get(sku) ?? 0) + leftSince(standings.get(sku), now));
  standings.set(sku, now);
};

const lookAtRow = ({ scene, moments, left }: Watching, place: Place, listing: Listing, millis: number): void => {
  const { company, notes, stage } = scene;
  const should = shouldShow(company, listing);
  const moment = { at: stage.millis(), should, left: left.get(listing.sku) ?? 0 };
  moments.set(keyOf(listing), remembered(moments.get(keyOf(listing)) ?? [], moment));
  const excess = (Math.max(0, showsNow(place, listing)) - should) * listing.unitsPerSale;
  if (excess <= 0) return;
  const cause = causeAt(notes, listing, stage.millis());
  notes.above.set(cause, (notes.above.get(cause) ?? 0) + excess * millis);
};

/** While the feed of some shop is away nobody knows what it sells, and not before somebody has read it again. */
export const isUnheard = ({ injections, feedsRead }: Pick<Notes, 'injections' | 'feedsRead'>, at: number): boolean =>
  injections.some((injection) => {
    if (injection.cause !== 'a feed outage' || injection.from > at) return false;
    const healedAt = injection.until - showsMillis;
    const read = feedsRead.find(({ channel, at: began }) => channel === injection.channel && began >= healedAt);
    return at <= (read?.at ?? at) + newsMillis;
  });

/** A write of whoever keeps the shop: never more than was true while it was decided on. */
const judgeWrite = ({ scene, moments }: Watching, listing: Listing, value: number, at: number): void => {
  const { company, notes } = scene;
  const known = moments.get(keyOf(listing)) ?? [];
  const since = at - (isUnheard(notes, at) ? rememberedMillis : newsMillis);
  const lately = known.filter((_, nth) => (known[nth + 1]?.at ?? at) >= since);
  const unheard = (known.at(-1)?.left ?? 0) - (lately[0]?.left ?? 0);
  const most = Math.max(...[shouldShow(company, listing), ...lately.map(({ should }) => should)]) + unheard;
  if (value <= most || injectionsAt(notes, listing, at).length > 0) return;
  notes.wrong.push(
    `${keyOf(listing)} was set to ${value} at ${new Date(at).toISOString()}, where at most ${most} was true`,
  );
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
  const watching: Watching = { scene, moments: new Map(), standings: new Map(), left: new Map() };
  return {
    look: (millis) => {
      const { company, busy } = scene;
      for (const sku of busy) countLeft(watching, sku);
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
