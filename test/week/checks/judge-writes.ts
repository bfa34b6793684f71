import { heldIn, isSame, shouldShow, shouldShowIn, showsNow, type Company } from '../company/company.js';
import type { Outlet } from '../company/outlet.js';
import type { Listing, Place } from '../company/places.js';
import { injectionsAt, injectionsOf, readSince, showsMillis, type Notes } from '../notes.js';
import type { Scene } from '../scene.js';
import { lateAfter, type LateWrite } from './late-writes.js';
import { mostTrueOf, newsMillis, newsSinceAt, type Moment } from './most-true.js';

/** What happens, and what rows should have shown of late, by channel and SKU. */
export type Judging = {
  readonly scene: Scene;
  readonly moments: ReadonlyMap<string, readonly Moment[]>;
  /** Rows that a request has written late, until they are right again. */
  late: readonly LateWrite[];
};

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
  injectionsOf({ injections }, 'a feed outage').some(({ channel, from, until }) => {
    if (from > at) return false;
    return at <= (readSince({ feedsRead }, channel, until - showsMillis) ?? at) + newsMillis;
  });

/** Since when another shop makes an order that is promised nowhere yet: the ledger is told of it when it is made. */
export const makingSince = (
  notes: Pick<Notes, 'injections'>,
  rows: ReadonlySet<string>,
  at: number,
): number | undefined =>
  injectionsOf(notes, 'an order in the making').find(
    ({ channel, row, from, doneAt }) => rows.has(rowOf(channel, row)) && from <= at && at <= doneAt + newsMillis,
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

/** A write, and what its row should show now. */
type Judged = { readonly listing: Listing; readonly value: number; readonly at: number; readonly should: number };

/** The most that anybody could have taken for true when a write was decided on. */
const mostTrue = ({ scene, moments }: Judging, { listing, at, should }: Judged): number => {
  const { company, notes } = scene;
  const known = moments.get(keyOf(listing)) ?? [];
  const most = mostTrueOf(known, {
    ...{ at, newsSince: newsSinceAt(notes.deaths, at), isAway: isUnheard(notes, at) },
    heard: ownHeard(notes, listing, known, at),
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
  const carts = [...company.places, ...company.outlets].map(
    ({ channel }) => `${channel} ${heldIn(company, channel, listing.sku)}`,
  );
  return `${known.join('; ')}; carts hold ${carts.join(', ')}`;
};
const storyMax = 12;

/** Who keeps the shop notes what it writes: seconds before, the figure, and what became of it. */
const writtenOf = ({ writes }: Notes, { channel, row }: Listing, now: number): string =>
  writes
    .filter((one) => one.channel === channel && one.externalId === row)
    .slice(-storyMax)
    .map(({ at, outcome, payload }) => `${((at - now) / 1_000).toFixed(1)} s: ${JSON.stringify(payload)} ${outcome}`)
    .join('; ');

/** A write of whoever keeps the shop: never more than was true while it was decided on. */
const judgeWrite = (judging: Judging, judged: Judged): void => {
  const { notes } = judging.scene;
  const { listing, value, at } = judged;
  const most = mostTrue(judging, judged);
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

/** Something else was done to it that may last longer. */
const isElseWrong = (notes: Notes, listing: Listing, at: number): boolean =>
  injectionsAt(notes, listing, at).some(({ cause }) => cause !== 'a late request' && cause !== 'a sale elsewhere');

/** What requests have written late is put right in time. */
export const judgeLate = (judging: Judging): void => {
  const { company, notes, stage } = judging.scene;
  const at = stage.millis();
  if (judging.late.length === 0) return;
  const { still, right, overdue } = lateAfter(judging.late, at, ({ place, listing }) =>
    isSame(showsNow(place, listing), shouldShow(company, listing)),
  );
  judging.late = still;
  notes.lateMillis.push(...right.map((one) => at - one.at));
  for (const { place, listing, at: came } of overdue)
    if (!isElseWrong(notes, listing, came))
      notes.wrong.push(
        `A request wrote it late at ${new Date(came).toISOString()}, and a minute later ${rowInWords(company, place, listing)}: ` +
          `${writtenOf(notes, listing, at)}; ${storyOf(judging, listing, at)}`,
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
    judgeWrite(judging, { listing, at, value: after.quantity, should: shouldShow(judging.scene.company, listing) });
    const [from, to] = [before.quantity, after.quantity];
    const write = { before: from, after: to, at, request: cause.request };
    judgeDoubt(judging, place, listing, write);
    if (isLate(place, write)) judging.late = [...judging.late, { place, listing, at }];
  }
};

/** Judges what was written beside the shops of PrestaShop since it was asked last: never more than was true while it was decided on. */
export const judgeOutlet = (judging: Judging, outlet: Outlet): void => {
  const { company } = judging.scene;
  for (const write of outlet.writes?.() ?? [])
    judgeWrite(judging, { ...write, should: shouldShowIn(company, outlet, write.listing) });
};

export const rowInWords = (company: Company, place: Place, listing: Listing): string =>
  `${keyOf(listing)} (${listing.row}) shows ${showsNow(place, listing)}, should ${shouldShow(company, listing)}, ` +
  `of which its carts hold ${heldIn(company, listing.channel, listing.sku)}`;
