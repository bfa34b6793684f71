import { isExpected, isOpen, isPreorderLine, openOnes, preorderAt, type ChannelPolicy } from '#atp';
import { acknowledgedWithin } from '../acknowledged.js';
import type { CommitmentChanged, DecidedOn } from '../events.js';
import type { Backordered, Committed, Held, LineStanding, OrderLine } from '../standing.js';
import { commitmentOf, coveredOf, lineCopyOf, withOptional, withheldOf } from '../lines.js';
import type { Part } from '../parts.js';
import { firstOf, lastOf, minusAll, nowhere, plusAll, sumOf } from '../places.js';
import { heldWith, lessHeldAt } from '../sourcing/held-parts.js';
import { sourceOrder } from '../sourcing/source-order.js';
import { balancesAt, withParts, type BalancesByLocation } from '../state/balances.js';
import type { LineRecord } from '../state/facts.js';
import { openHold } from '../state/holds.js';
import { backorderedOf } from '../state/incoming.js';
import { standingBalances, supplyOf } from '../state/supply.js';
import { decidedOn, eligibleIncoming, promisable } from './decided-on.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { firstPromises, giveUpUnits, minusPromises, plusPromises, promisedFrom, tellPromises } from './backorders.js';
import type { LineWork } from './line-work.js';
import { givenUpParts, ofQuotaWithin, takenOfQuota } from './of-quota.js';
import { issuedAfter, targeted, type TargetOf } from './target-of.js';

/** The line as its target says, what is to be set aside included. */
const wantedOf = (before: LineStanding, of: TargetOf): LineStanding => {
  const line = targeted(before, of);
  const withheld = withheldOf(line, issuedAfter(line, of), of.target.withheld);
  return withheld === line.withheld ? line : { ...line, withheld };
};

const movedParts = (places: readonly Committed[], from: Part['from'], to: Part['to']): readonly Part[] =>
  places.map(({ location, quantity }) => ({ location, from, to, quantity }));

const isUnsourced = ({ location }: Committed): boolean => location.startsWith('unsourced:');

/** Sellable units for quarantine, where the line had not committed what is to be set aside. */
const freeUnits = (
  balances: BalancesByLocation,
  locations: readonly string[],
  quantity: number,
): readonly Committed[] =>
  firstOf(
    locations.map((location) => ({ location, quantity: Math.max(0, balancesAt(balances, location).sellable) })),
    quantity,
  );

/** The line after its units have moved, and the moves; `ofHold`: promises that its cart had been given. */
type Moved = LineWork & { readonly ofHold: readonly Backordered[] };
const noPromises: readonly Backordered[] = [];
const noParts: readonly Part[] = [];

const giveUp = ({ channel }: TargetOf, line: LineStanding, quantity: number, setAside: number): Moved => {
  const { given, dropped } = giveUpUnits(channel.locations, line, quantity);
  const held = firstOf(
    given.filter((place) => !isUnsourced(place)),
    setAside,
  );
  const freed = minusAll(given, held);
  const committed = minusAll(line.committed, given);
  return {
    line: withOptional(acknowledgedWithin({ ...line, committed }), {
      quarantined: plusAll(line.quarantined ?? [], held),
      ofQuota: ofQuotaWithin(line, committed),
      ...(dropped.length > 0 && { backordered: minusPromises(backorderedOf(line), dropped) }),
    }),
    parts: [...movedParts(held, 'committed', 'quarantined'), ...givenUpParts(line, channel.channel, freed, committed)],
    ofHold: noPromises,
  };
};

/** Units no longer withheld leave quarantine for what is sellable, where they can be committed again. */
const unwithhold = (line: LineStanding, quantity: number): Moved => {
  const { quarantined = [] } = line;
  const back = lastOf(quarantined, quantity);
  return {
    line: withOptional(line, { quarantined: minusAll(quarantined, back) }),
    parts: movedParts(back, 'quarantined', 'sellable'),
    ofHold: noPromises,
  };
};

const take = (draft: Draft, of: TargetOf, { line, parts }: Moved, quantity: number, held: Held | undefined): Moved => {
  const { target, channel } = of;
  const balances = withParts(standingBalances(draft.state(), draft.now), parts);
  const { locations: standings } = draft.policy;
  // Before its release a SKU is sold by its pre-order alone; what is there fills it at once.
  const isReleased = preorderAt(channel, draft.now) === undefined;
  const isHinted = isReleased && target.location !== undefined && isOpen(target.location, standings);
  const taken = sourceOrder(balances, {
    quantity,
    channel: channel.channel,
    locations: isReleased ? openOnes(channel.locations, standings) : [],
    hint: isHinted ? target.location : undefined,
    held,
  });
  const { placed, ofHold, promised } = promisedInstead(draft, channel, taken, held);
  const after = lineCopyOf(line);
  after.committed = plusAll(line.committed, placed);
  const ofQuota = takenOfQuota(placed, held);
  const all = parts.length === 0 ? placed : [...parts, ...placed];
  if (ofQuota.length + ofHold.length + promised.length === 0) return { line: after, parts: all, ofHold };
  const standing = withOptional(after, {
    ofQuota: plusAll(line.ofQuota ?? nowhere, ofQuota),
    backordered: plusPromises(backorderedOf(line), [...ofHold, ...promised]),
  });
  return { line: standing, parts: all, ofHold };
};

type Placed = {
  readonly placed: readonly Part[];
  readonly ofHold: readonly Backordered[];
  readonly promised: readonly Backordered[];
};

/** What a cart was promised is kept as far as its line is still expected in time. */
const stillComing = (draft: Draft, promises: readonly Backordered[]): readonly Backordered[] => {
  const expected = (supplyOf(draft.state(), draft.now).incoming ?? []).filter((line) => isExpected(line, draft.now));
  return promises.filter(
    ({ incomingLine, date }) =>
      isPreorderLine(incomingLine) || expected.some(({ line, eta }) => line === incomingLine && eta <= date),
  );
};

/** Units that no place covers wait for what is incoming, as far as the channel may promise it: its cart's own promises first. */
const promisedInstead = (
  draft: Draft,
  channel: ChannelPolicy,
  taken: readonly Part[],
  held: Held | undefined,
): Placed => {
  const isOwed = ({ location }: Part): boolean => location.startsWith('unsourced:');
  const owed = taken.some(isOwed) ? sumOf(taken.filter(isOwed)) : 0;
  const mayPromise =
    draft.before.openIncoming.size > 0 || channel.preorder !== undefined || held?.incoming !== undefined;
  if (owed === 0 || !mayPromise) return { placed: taken, ofHold: noPromises, promised: noPromises };
  const ofHold = firstPromises(stillComing(draft, held?.incoming ?? []), owed);
  const promised = promisedFrom(eligibleIncoming(draft, channel), owed - sumOf(ofHold));
  const left = owed - sumOf(ofHold) - sumOf(promised);
  return {
    placed: taken.flatMap((part) => (isOwed(part) ? (left > 0 ? [{ ...part, quantity: left }] : []) : [part])),
    ...{ ofHold, promised },
  };
};

const setAsideFree = (draft: Draft, { channel }: TargetOf, { line, parts, ofHold }: Moved, quantity: number): Moved => {
  const balances = withParts(standingBalances(draft.state(), draft.now), parts);
  const free = freeUnits(balances, channel.locations, quantity);
  const quarantined = plusAll(line.quarantined ?? [], free);
  return {
    line: withOptional(line, { quarantined }),
    parts: [...parts, ...movedParts(free, 'sellable', 'quarantined')],
    ofHold,
  };
};

const move = (draft: Draft, of: TargetOf, before: LineStanding, held: Held | undefined): Moved => {
  const target = wantedOf(before, of);
  const more = commitmentOf(target) - coveredOf(before);
  const setAside = target.withheld - before.withheld;
  const start: Moved =
    setAside < 0 ? unwithhold(target, -setAside) : { line: target, parts: noParts, ofHold: noPromises };
  if (more > 0) {
    const taken = take(draft, of, start, more, held);
    return setAside > 0 ? setAsideFree(draft, of, taken, setAside) : taken;
  }
  const given = giveUp(of, start.line, -more, Math.max(0, setAside));
  const moved = { line: given.line, parts: [...start.parts, ...given.parts], ofHold: noPromises };
  const rest = setAside > 0 ? setAside - sumOf(given.parts.filter(({ to }) => to === 'quarantined')) : 0;
  return rest > 0 ? setAsideFree(draft, of, moved, rest) : moved;
};

/** What the order has taken out of its cart's hold, and what it leaves. */
const consumedOf = (
  reservation: string,
  held: Held,
  { parts, ofHold }: Moved,
): CommitmentChanged['data']['consumed'] => {
  const taken = parts.filter(({ from }) => from === 'reserved');
  const quantity = sumOf(taken) + sumOf(ofHold);
  if (quantity === 0) return undefined;
  const left = taken.reduce((rest, part) => lessHeldAt(rest, part.location, part.quantity), held.parts);
  const still = held.quantity - quantity;
  const incoming = minusPromises(held.incoming ?? [], ofHold);
  return { reservation, quantity, ...(still > 0 && { held: heldWith(held, still, left, incoming) }) };
};

/** Units that are taken where they are free; those of the cart's own hold are not looked at. */
const isTaken = ({ from, to }: Part): boolean => from !== 'committed' && from !== 'quarantined' && to !== 'sellable';

const changedData = (
  parts: readonly Part[],
  { order, line }: Pick<LineRecord, 'order' | 'line'>,
  consumed: CommitmentChanged['data']['consumed'],
  decided: DecidedOn,
): CommitmentChanged['data'] =>
  consumed === undefined
    ? { parts, order, line, decidedOn: decided }
    : { parts, order, line, consumed, decidedOn: decided };

/**
 * Commits what a line's target wants: more from the cart's hold, fenced and sellable units, less by giving back what was
 * taken last. Answers the line as it stands then. Undefined: more expired holds stand in the way than one append carries.
 */
export const commitLine = (
  draft: Draft,
  of: TargetOf,
  order: OrderLine,
  before: LineStanding,
): LineStanding | undefined => {
  const { command, channel } = of;
  const { reservation, occurredAt } = command;
  const held = reservation === undefined ? undefined : openHold(draft.state(), reservation, draft.now);
  const moved = move(draft, of, before, held);
  const { line, parts } = moved;
  const decided = decidedOn(draft, channel, promisable(draft, channel));
  if (!rideExpired(draft, parts.filter(isTaken))) return undefined;
  const consumed = held && reservation !== undefined ? consumedOf(reservation, held, moved) : undefined;
  const data = changedData(parts, { order, line }, consumed, decided);
  draft.emit({ type: 'CommitmentChanged', data, occurredAt });
  tellPromises(draft, before, { order, line, occurredAt });
  return line;
};
