import { heldIn, owedAt, shouldShow, showsNow, type Company } from '../company/company.js';
import type { Listing, Place } from '../company/places.js';
import { showsMillis, type Injection, type Notes } from '../notes.js';
import type { Scene } from '../scene.js';
import { mostTrueOf, newsMillis, rememberedMillis, type Moment } from './most-true.js';

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
  return last?.should === now.should && last.left === now.left && last.own === now.own ? young : [...young, now];
};

/** Units that left between two looks. That they did may be hidden in the sum by units that arrived. */
const soldSince = (before: Standing, now: Standing, channel: string): number =>
  Math.max(0, (now.owed.get(channel) ?? 0) - (before.owed.get(channel) ?? 0));

/** Units of a SKU: owed by each channel, and on the shelf. */
type Standing = { readonly owed: ReadonlyMap<string, number>; readonly shelf: number };

type Watching = {
  readonly scene: Scene;
  readonly moments: Map<string, readonly Moment[]>;
  readonly standings: Map<string, Standing>;
  readonly left: Map<string, number>;
  readonly own: Map<string, number>;
};

const keyOf = ({ channel, sku }: Pick<Listing, 'channel' | 'sku'>): string => `${channel}/${sku}`;

const add = (units: Map<string, number>, key: string, more: number): void => {
  if (more > 0) units.set(key, (units.get(key) ?? 0) + more);
};

const countLeft = ({ scene: { company }, standings, left, own }: Watching, sku: string): void => {
  const now = {
    owed: new Map(company.places.map((place) => [place.channel, owedAt(company, place, sku)])),
    shelf: company.shelf.get(sku) ?? 0,
  };
  const before = standings.get(sku) ?? now;
  standings.set(sku, now);
  for (const { channel } of company.places) {
    const sold = soldSince(before, now, channel);
    add(left, sku, sold);
    add(own, keyOf({ channel, sku }), sold);
  }
  add(left, sku, before.shelf - now.shelf);
};

const lookAtRow = ({ scene, moments, left, own }: Watching, place: Place, listing: Listing, millis: number): void => {
  const { company, notes, stage } = scene;
  const should = shouldShow(company, listing);
  const moment = {
    ...{ at: stage.millis(), should },
    ...{ left: left.get(listing.sku) ?? 0, own: own.get(keyOf(listing)) ?? 0 },
  };
  moments.set(keyOf(listing), remembered(moments.get(keyOf(listing)) ?? [], moment));
  const excess = (Math.max(0, showsNow(place, listing)) - should) * listing.unitsPerSale;
  if (excess <= 0) return;
  const cause = causeAt(notes, listing, stage.millis());
  notes.above.set(cause, (notes.above.get(cause) ?? 0) + excess * millis);
};

/** A request may run for so long when nobody waits for it any more; its client knows within moments that it has no answer. */
const doubtMillis = 60_000;
const answeredMillis = 500;

/** A write that a request has made. */
type ByRequest = {
  readonly before: number;
  readonly after: number;
  readonly at: number;
  readonly request: number;
};

/** While the feed of some shop is away nobody knows what it sells, and not before somebody has read it again. */
export const isUnheard = ({ injections, feedsRead }: Pick<Notes, 'injections' | 'feedsRead'>, at: number): boolean =>
  injections.some((injection) => {
    if (injection.cause !== 'a feed outage' || injection.from > at) return false;
    const healedAt = injection.until - showsMillis;
    const read = feedsRead.find(({ channel, at: began }) => channel === injection.channel && began >= healedAt);
    return at <= (read?.at ?? at) + newsMillis;
  });

/** Since when another shop makes an order that is promised nowhere yet: the ledger is told of it when it is made. */
export const makingSince = (
  { injections }: Pick<Notes, 'injections'>,
  rows: ReadonlySet<string>,
  at: number,
): number | undefined =>
  injections.find(
    ({ cause, channel, row, from, doneAt }) =>
      cause === 'an order in the making' && rows.has(rowOf(channel, row)) && from <= at && at <= doneAt + newsMillis,
  )?.from;

const rowOf = (channel: string, row: string): string => `${channel}/${row}`;

/** The rows of all shops that sell the same. */
const rowsOf = ({ places }: Company, sku: string): ReadonlySet<string> =>
  new Set(
    places.flatMap(({ channel, bySku }) => {
      const listing = bySku.get(sku);
      return listing === undefined ? [] : [rowOf(channel, listing.row)];
    }),
  );

/** What this very shop had sold when its feed was read last: whoever writes there has read it right before. */
const ownNewsMillis = 5_000;

const ownHeard = ({ feedsRead }: Notes, { channel }: Listing, known: readonly Moment[], at: number): number => {
  const read = feedsRead.findLast((one) => one.channel === channel && one.at <= at)?.at ?? 0;
  return known.findLast((moment) => moment.at < Math.max(read, at - ownNewsMillis))?.own ?? 0;
};

/** The most that anybody could have taken for true when a write was decided on. */
const mostTrue = ({ scene, moments }: Watching, listing: Listing, at: number): number => {
  const { company, notes } = scene;
  const known = moments.get(keyOf(listing)) ?? [];
  const should = shouldShow(company, listing);
  const most = mostTrueOf(known, {
    ...{ at, isAway: isUnheard(notes, at), heard: ownHeard(notes, listing, known, at) },
    makingSince: makingSince(notes, rowsOf(company, listing.sku), at),
    unitsPerSale: listing.unitsPerSale,
  });
  return Math.max(should, most ?? should);
};

/** What was true of late, for people: seconds before the write, what it should have shown, units that had left. */
const storyOf = ({ scene: { company }, moments }: Watching, listing: Listing, at: number): string => {
  const known = (moments.get(keyOf(listing)) ?? []).slice(-storyMax).map(({ at: was, should, left, own }) => {
    return `${((was - at) / 1_000).toFixed(1)} s: ${should} (${left} left, ${own} here)`;
  });
  const carts = company.places.map(({ channel }) => `${channel} ${heldIn(company, channel, listing.sku)}`);
  return `${known.join('; ')}; carts hold ${carts.join(', ')}`;
};
const storyMax = 12;

/** A write of whoever keeps the shop: never more than was true while it was decided on. */
const judgeWrite = (watching: Watching, listing: Listing, value: number, at: number): void => {
  const { notes } = watching.scene;
  const most = mostTrue(watching, listing, at);
  if (value <= most || injectionsAt(notes, listing, at).length > 0) return;
  notes.wrong.push(
    `${keyOf(listing)} was set to ${value} at ${new Date(at).toISOString()}, where at most ${most} was true: ${storyOf(watching, listing, at)}`,
  );
};

/** Others that came after this one have been answered: its client has given it up. Nobody writes while it asks something else. */
const isLate = ({ server }: Place, { request }: ByRequest): boolean => server.requests.count() > request + 1;

/** A request without an answer may still come: nothing is raised before the row was read after its end. */
const judgeDoubt = ({ scene: { notes } }: Watching, place: Place, listing: Listing, write: ByRequest): void => {
  const { before, after, at } = write;
  if (after <= Math.max(0, before)) return;
  const isInDoubt = injectionsAt(notes, listing, at).some(
    ({ cause, from }) => cause === 'a late request' && at > from + answeredMillis && at < from + doubtMillis,
  );
  if (!isInDoubt || isLate(place, write)) return;
  notes.wrong.push(
    `${keyOf(listing)} was raised to ${after} at ${new Date(at).toISOString()}, while a request was without an answer`,
  );
};

const readWrites = (watching: Watching, place: Place): void => {
  const { writes } = place.server.shop;
  const all = writes.all();
  if (all.length === 0) return;
  writes.clear();
  for (const { before, after, cause, at } of all) {
    const listing = place.byRow.get(`${after.id_product}-${after.id_product_attribute}@s1g0`);
    if (listing === undefined || cause.kind !== 'request') continue;
    judgeWrite(watching, listing, after.quantity, at);
    const [from, to] = [before.quantity, after.quantity];
    judgeDoubt(watching, place, listing, { before: from, after: to, at, request: cause.request });
  }
};

/** Watches the listings to which something happens. */
export const watchRows = (scene: Scene): Watch => {
  const watching: Watching = { scene, moments: new Map(), standings: new Map(), left: new Map(), own: new Map() };
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
