import { openOnes } from '#atp';
import { acknowledgedAfterIssue, acknowledgedWithin } from '../acknowledged.js';
import type { Backordered, Committed, LineStanding, OrderLine } from '../standing.js';
import { commitmentOf, coveredOf, lineCopyOf, sentWithin, unseenLine, withOptional } from '../lines.js';
import { lineKeyOf } from '../keys.js';
import { unsourcedOf, type Part } from '../parts.js';
import { minusAll, nowhere, plusAt, quantityAt } from '../places.js';
import { balancesAt, withParts } from '../state/balances.js';
import { recallFact } from '../state/facts.js';
import { backorderedOf } from '../state/incoming.js';
import { giveUpUnits, minusPromises, nothingGiven } from './backorders.js';
import type { Draft } from './draft.js';
import { ofQuotaWithin } from './of-quota.js';

/** An order line with the parts that have brought it to where it stands. */
export type LineWork = { readonly line: LineStanding; readonly parts: readonly Part[] };

const part = (location: string, from: Part['from'], to: Part['to'], quantity: number): readonly Part[] =>
  quantity > 0 ? [{ location, from, to, quantity }] : [];

/**
 * A line as the decision, the state or the index knows it; `placedAt` is for one that nobody has seen. Looking at the state
 * after the decision's own events would evolve it for nothing.
 */
export const recallLine = (draft: Draft, order: OrderLine, placedAt: string): LineStanding => {
  const key = lineKeyOf(order);
  const line = draft.lineInEvents(key);
  if (line) return line;
  const record = recallFact(draft.before, draft.known, key);
  return record?.kind === 'line' ? record.line : unseenLine(placedAt);
};

/** Where a channel sells from, in its order, as far as that is open. */
export const openLocationsOf = (draft: Draft, channel: string): readonly string[] =>
  openOnes(locationsOf(draft, channel), draft.policy.locations);

/** Where a channel sells from, in its order. */
export const locationsOf = ({ policy }: Draft, channel: string): readonly string[] =>
  policy.channels.get(channel)?.locations ?? [];

/**
 * Units of a line leave a location: what it has committed there first; then its commitments elsewhere are released by as
 * much and the units leave what is sellable there, as do those beyond the open commitment.
 */
export const issued = (
  locations: readonly string[],
  { line, parts }: LineWork,
  location: string,
  quantity: number,
): LineWork => {
  const sent = plusAt(line.sent, location, -Math.min(quantity, quantityAt(line.sent, location)));
  const after = lineCopyOf(line);
  after.issued = line.issued + quantity;
  after.sent = sent;
  const given = Math.min(quantity, Math.max(0, coveredOf(line) - commitmentOf(after)));
  const here = Math.min(given, quantityAt(line.committed, location));
  const left = plusAt(line.committed, location, -here);
  const { given: elsewhere, dropped } =
    given === here ? nothingGiven : giveUpUnits(locations, { ...after, committed: left }, given - here);
  const committed = minusAll(left, elsewhere);
  const known = acknowledgedAfterIssue(after, location, quantity);
  const standing = withoutPromises(lineWith(known, committed, sentWithin(sent, committed)), dropped);
  return {
    line: line.ofQuota === undefined ? standing : withIssuedOfQuota(standing, line.ofQuota, location),
    parts: [...parts, ...issuedParts(location, here, elsewhere, quantity - here)],
  };
};

const issuedParts = (
  location: string,
  here: number,
  elsewhere: readonly Committed[],
  uncommitted: number,
): readonly Part[] => {
  const parts: Part[] = [];
  if (here > 0) parts.push({ location, from: 'committed', to: 'customer', quantity: here });
  for (const place of elsewhere)
    parts.push({ location: place.location, from: 'committed', to: 'sellable', quantity: place.quantity });
  if (uncommitted > 0) parts.push({ location, from: 'sellable', to: 'customer', quantity: uncommitted });
  return parts;
};

/** The line remembers which of the units that left a place were its quota's: an issue may be taken back. */
const withIssuedOfQuota = (line: LineStanding, before: readonly Committed[], location: string): LineStanding => {
  const gone = quantityAt(before, location) - quantityAt(line.ofQuota ?? nowhere, location);
  return withOptional(line, { issuedOfQuota: plusAt(line.issuedOfQuota ?? nowhere, location, gone) });
};

/** The line with less committed: what is left of its quota's units is within that. */
export const lineWith = (
  line: LineStanding,
  committed: LineStanding['committed'],
  sent: LineStanding['sent'],
): LineStanding => {
  const standing = lineCopyOf(line);
  standing.committed = committed;
  standing.sent = sent;
  const left = acknowledgedWithin(standing);
  return line.ofQuota === undefined ? left : withOptional(left, { ofQuota: ofQuotaWithin(line, committed) });
};

export const withoutPromises = (line: LineStanding, dropped: readonly Backordered[]): LineStanding =>
  dropped.length === 0 ? line : withOptional(line, { backordered: minusPromises(backorderedOf(line), dropped) });

/** What is sellable at a location after these parts. */
const sellableAfter = (draft: Draft, parts: readonly Part[], location: string): number =>
  balancesAt(withParts(draft.state().balances, parts), location).sellable;

/**
 * An issue at a location is taken back: what the line then lacks is committed there, the rest is the channel's quota's as
 * far as it came from there, and else sellable. But units that come back into a place that is short fill its hole; what the
 * line still lacks is owed, and served from wherever it is.
 */
export const unissued = (
  draft: Draft,
  { channel }: OrderLine,
  { line, parts }: LineWork,
  location: string,
  quantity: number,
): LineWork => {
  const after = { ...line, issued: Math.max(0, line.issued - quantity) };
  const lacking = Math.min(quantity, Math.max(0, commitmentOf(after) - coveredOf(line)));
  const recommitted = Math.min(lacking, Math.max(0, sellableAfter(draft, parts, location) + quantity));
  const owed = lacking - recommitted;
  const committed = plusAt(plusAt(line.committed, location, recommitted), unsourcedOf(channel), owed);
  const ofQuota = Math.min(quantity, quantityAt(line.issuedOfQuota ?? nowhere, location));
  const fenced = Math.max(0, ofQuota - recommitted);
  return {
    line: withQuotaAgain({ ...after, committed }, location, ofQuota, fenced),
    parts: [
      ...parts,
      ...part(location, 'customer', 'committed', recommitted),
      ...part(location, 'customer', `fenced:${channel}`, fenced),
      ...part(location, 'customer', 'sellable', quantity - recommitted - fenced),
      ...part(unsourcedOf(channel), 'sellable', 'committed', owed),
    ],
  };
};

/** Of the units that came back those of the quota are the line's again, but for what went back to the fence. */
const withQuotaAgain = (line: LineStanding, location: string, ofQuota: number, fenced: number): LineStanding =>
  ofQuota === 0
    ? line
    : withOptional(line, {
        ofQuota: plusAt(line.ofQuota ?? nowhere, location, ofQuota - fenced),
        issuedOfQuota: plusAt(line.issuedOfQuota ?? nowhere, location, -ofQuota),
      });
