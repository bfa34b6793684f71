import type { Changing } from '#event-sourcing';
import type { Committed, LineStanding } from './standing.js';
import { firstOf, minusAll, nowhere, quantityAt, sumOf } from './places.js';

/** A line that only facts have named so far: its order has yet to be seen. */
export const unseenLine = (placedAt: string): LineStanding => ({
  version: -1,
  ordered: 0,
  promised: 0,
  baselineIssued: 0,
  baselineReturned: 0,
  issued: 0,
  returned: 0,
  withheld: 0,
  committed: nowhere,
  sent: nowhere,
  paid: false,
  placedAt,
});

type Open = Pick<LineStanding, 'promised' | 'baselineIssued' | 'issued' | 'sent'>;

/** Promised and not issued. */
const openOf = ({ promised, baselineIssued, issued }: Omit<Open, 'sent'>): number =>
  Math.max(0, promised - baselineIssued - issued);

/** What the line commits: what is open, but at least what a warehouse has been asked for. */
export const commitmentOf = (line: Open): number => Math.max(openOf(line), sumOf(line.sent));

/** Units of the line that have a place, are owed or are promised out of what is incoming. */
export const coveredOf = ({ committed, backordered }: Pick<LineStanding, 'committed' | 'backordered'>): number =>
  sumOf(committed) + (backordered === undefined ? 0 : sumOf(backordered));

/** Of the units refunded without restock those that can still be set aside: neither open nor, once so many are, issued. */
export const withheldOf = (line: LineStanding, issued: number, withheld: number): number => {
  const { ordered, promised, baselineIssued } = line;
  const open = openOf({ promised, baselineIssued, issued });
  return Math.max(0, Math.min(withheld, ordered - baselineIssued - issued - open));
};

/** What of the restocked units comes back as a return: what was never issued comes back only as cancelled. */
export const returnedOf = (line: LineStanding): number => {
  const neverIssued = Math.max(0, line.ordered - line.baselineIssued - line.issued);
  return Math.max(0, Math.max(0, (line.restocked ?? 0) - neverIssued) - line.baselineReturned);
};

/** Units with the customer beyond what the order still wants of the line: they were cancelled too late, and should come back. */
export const returnExpectedOf = (line: LineStanding): number =>
  Math.max(0, line.baselineIssued + line.issued - line.promised - line.baselineReturned - line.returned);

/** Not sent to any warehouse yet. */
const unsentOf = ({ committed, sent }: LineStanding): readonly Committed[] =>
  minusAll(committed, sentWithin(sent, committed));

/**
 * Units that a line gives up: unsourced ones first, then those of the last of its channel's locations; sent ones stay.
 * By the channel's order and not by that of taking: an order's end must not depend on the snapshots in between.
 */
export const givenUp = (locations: readonly string[], line: LineStanding, quantity: number): readonly Committed[] =>
  quantity === 0 ? nowhere : firstOf(lastPlacesFirst(locations, unsentOf(line)), quantity);

/** Places in the order in which units go back: unsourced, then where the channel does not sell from, then its last one. */
export const lastPlacesFirst = (locations: readonly string[], places: readonly Committed[]): readonly Committed[] => {
  if (places.length < 2) return places;
  const rank = ({ location }: Committed): number => {
    if (location.startsWith('unsourced:')) return -2;
    const index = locations.indexOf(location);
    return index < 0 ? -1 : locations.length - index;
  };
  return places.toSorted((a, b) => rank(a) - rank(b));
};

/** At most what is committed is sent, place by place. */
export const sentWithin = (sent: readonly Committed[], committed: readonly Committed[]): readonly Committed[] =>
  sent.length === 0
    ? nowhere
    : sent.flatMap(({ location, quantity }) => {
        const most = Math.min(quantity, quantityAt(committed, location));
        return most > 0 ? [{ location, quantity: most }] : [];
      });

type Optional = Pick<
  LineStanding,
  | 'acknowledged'
  | 'backordered'
  | 'restocked'
  | 'quarantined'
  | 'ofQuota'
  | 'issuedOfQuota'
  | 'shippedFrom'
  | 'restockedTo'
>;
type Lists = Omit<Optional, 'restocked'>;
type OptionalChanges = { readonly [Name in keyof Lists]?: Lists[Name] } & { readonly restocked?: number | undefined };

const isFilled = <Item>(list: readonly Item[] | undefined): list is readonly Item[] =>
  list !== undefined && list.length > 0;

/**
 * A copy for the function that changes it. All fields are written out, in one order: V8 gives objects that begin with a
 * spread hidden classes of their own (measured: the heap of a replay after 100,000 lines fell from 340 MB to 191 MB, and a
 * copy takes 20 ns where a spread takes 300).
 */
export const lineCopyOf = (line: LineStanding): Changing<LineStanding> => withOptional(line, nothingChanged);
const nothingChanged: OptionalChanges = {};

/** The line with these of its optional fields: lists that are empty are left out, and so is `restocked` given as undefined. */
export const withOptional = (line: LineStanding, changed: OptionalChanges): LineStanding => {
  const next: Changing<LineStanding> = {
    version: line.version,
    ordered: line.ordered,
    promised: line.promised,
    baselineIssued: line.baselineIssued,
    baselineReturned: line.baselineReturned,
    issued: line.issued,
    returned: line.returned,
    withheld: line.withheld,
    committed: line.committed,
    sent: line.sent,
    paid: line.paid,
    placedAt: line.placedAt,
  };
  const { restocked } = 'restocked' in changed ? changed : line;
  if (restocked !== undefined) next.restocked = restocked;
  const quarantined = changed.quarantined ?? line.quarantined;
  if (isFilled(quarantined)) next.quarantined = quarantined;
  const ofQuota = changed.ofQuota ?? line.ofQuota;
  if (isFilled(ofQuota)) next.ofQuota = ofQuota;
  const issuedOfQuota = changed.issuedOfQuota ?? line.issuedOfQuota;
  if (isFilled(issuedOfQuota)) next.issuedOfQuota = issuedOfQuota;
  const shippedFrom = changed.shippedFrom ?? line.shippedFrom;
  if (isFilled(shippedFrom)) next.shippedFrom = shippedFrom;
  const restockedTo = changed.restockedTo ?? line.restockedTo;
  if (isFilled(restockedTo)) next.restockedTo = restockedTo;
  const backordered = changed.backordered ?? line.backordered;
  if (isFilled(backordered)) next.backordered = backordered;
  const acknowledged = changed.acknowledged ?? line.acknowledged;
  if (isFilled(acknowledged)) next.acknowledged = acknowledged;
  return next;
};
