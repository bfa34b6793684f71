import { heldIn, shouldShow, type Company } from '../company/company.js';
import type { Listing, Place } from '../company/places.js';
import { injectionsAt, showsMillis, type Notes } from '../notes.js';
import type { Scene } from '../scene.js';
import { mostTrueOf, newsMillis, type Moment } from './most-true.js';

/** What happens, and what rows should have shown of late, by channel and SKU. */
export type Judging = { readonly scene: Scene; readonly moments: ReadonlyMap<string, readonly Moment[]> };

export const keyOf = ({ channel, sku }: Pick<Listing, 'channel' | 'sku'>): string => `${channel}/${sku}`;

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
const mostTrue = ({ scene, moments }: Judging, listing: Listing, at: number): number => {
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
const storyOf = ({ scene: { company }, moments }: Judging, listing: Listing, at: number): string => {
  const known = (moments.get(keyOf(listing)) ?? []).slice(-storyMax).map(({ at: was, should, left, own }) => {
    return `${((was - at) / 1_000).toFixed(1)} s: ${should} (${left} left, ${own} here)`;
  });
  const carts = company.places.map(({ channel }) => `${channel} ${heldIn(company, channel, listing.sku)}`);
  return `${known.join('; ')}; carts hold ${carts.join(', ')}`;
};
const storyMax = 12;

/** A write of whoever keeps the shop: never more than was true while it was decided on. */
const judgeWrite = (judging: Judging, listing: Listing, value: number, at: number): void => {
  const { notes } = judging.scene;
  const most = mostTrue(judging, listing, at);
  if (value <= most || injectionsAt(notes, listing, at).length > 0) return;
  notes.wrong.push(
    `${keyOf(listing)} was set to ${value} at ${new Date(at).toISOString()}, where at most ${most} was true: ${storyOf(judging, listing, at)}`,
  );
};

/** Others that came after this one have been answered: its client has given it up. Nobody writes while it asks something else. */
const isLate = ({ server }: Place, { request }: ByRequest): boolean => server.requests.count() > request + 1;

/** A request without an answer may still come: nothing is raised before the row was read after its end. */
const judgeDoubt = ({ scene: { notes } }: Judging, place: Place, listing: Listing, write: ByRequest): void => {
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

/** Judges what was written into a shop since it was asked last. */
export const judgeWrites = (judging: Judging, place: Place): void => {
  const { writes } = place.server.shop;
  const all = writes.all();
  if (all.length === 0) return;
  writes.clear();
  for (const { before, after, cause, at } of all) {
    const listing = place.byRow.get(`${after.id_product}-${after.id_product_attribute}@s1g0`);
    if (listing === undefined || cause.kind !== 'request') continue;
    judgeWrite(judging, listing, after.quantity, at);
    const [from, to] = [before.quantity, after.quantity];
    judgeDoubt(judging, place, listing, { before: from, after: to, at, request: cause.request });
  }
};
