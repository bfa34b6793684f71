import { accepted, earlierOf, plus, refused } from '#event-sourcing';
import type { ChannelPolicy } from '#atp';
import { appendBytesMax, splitCartMillis, targetBytesMax } from '../bounds.js';
import type { SetOrderTarget, TargetLine } from '../commands.js';
import { lineKeyOf } from '../keys.js';
import type { LineStanding, OrderLine } from '../standing.js';
import type { StockRefusal } from '../refusals.js';
import { openHold } from '../state/holds.js';
import { bytesOf } from './bytes-of.js';
import { checkChannel, checkSpeaker } from './authority.js';
import { commitLine } from './commit-line.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { prepared, rideExpired } from './expired.js';
import { checkMoment, checkQuantity } from './form.js';
import { recallLine } from './line-work.js';
import { releasedTo } from './reservation.js';
import { settleRestocked, voidRestocked } from './restock.js';
import { serveOversold } from './serve-oversold.js';
import { servePromises } from './serve-promises.js';
import { settleShipped, voidShipped } from './ship.js';
import type { TargetOf } from './target-of.js';

const orderLineOf = ({ channel, orderKey }: SetOrderTarget, { line }: TargetLine): OrderLine => ({
  channel,
  orderKey,
  line,
});

const checkLine = (line: TargetLine): StockRefusal | undefined =>
  checkQuantity(line.ordered) ??
  checkQuantity(line.promised) ??
  checkQuantity(line.baselineIssued) ??
  checkQuantity(line.baselineReturned) ??
  checkQuantity(line.withheld) ??
  checkQuantity(line.shipped ?? 0) ??
  checkQuantity(line.restocked ?? 0);

const checkLines = (lines: readonly TargetLine[]): StockRefusal | undefined => {
  for (const line of lines) {
    const refusal = checkLine(line);
    if (refusal) return refusal;
  }
  return undefined;
};

const check = (command: SetOrderTarget, draft: Draft): StockRefusal | undefined =>
  checkLines(command.lines) ??
  checkMoment(command.occurredAt, draft.now) ??
  checkChannel(draft.policy, command.channel) ??
  checkSpeaker(draft.policy, command.connection, 'ordered', command.channel);

/** A target that is new here, and its line as it stood before the decision. */
type NewTarget = { readonly target: TargetLine; readonly order: OrderLine; readonly stood: LineStanding };

const newer = (command: SetOrderTarget, draft: Draft): readonly NewTarget[] => {
  const targets: NewTarget[] = [];
  for (const target of command.lines) {
    const order = orderLineOf(command, target);
    const stood = recallLine(draft, order, command.placedAt);
    if (target.version > stood.version) targets.push({ target, order, stood });
  }
  return targets;
};

/** The lines that are new here, with what all of them share. */
type Wanted = Pick<TargetOf, 'command' | 'channel'> & { readonly targets: readonly NewTarget[] };

/** Where a return of a line goes when nothing says better. */
const placeFor = ({ target, channel }: TargetOf): string => target.location ?? channel.locations[0] ?? '';

/**
 * One line: first what its shop takes back of shipping and restocking, then what it commits, then what was shipped and
 * restocked. In this order the end does not depend on the snapshots that came before. False: see `commitLine`.
 */
const applyTarget = (draft: Draft, { command, channel }: Wanted, { target, order, stood }: NewTarget): boolean => {
  const of: TargetOf = { command, target, channel };
  const before = draft.lineInEvents(lineKeyOf(order)) ?? stood;
  const voided = voidRestocked(draft, of, order, voidShipped(draft, of, order, before));
  const committed = commitLine(draft, of, order, voided);
  if (committed === undefined) return false;
  const line = settleShipped(draft, of, order, committed);
  const shippedFrom = line.shippedFrom?.at(-1)?.location;
  settleRestocked(draft, order, line, shippedFrom ?? placeFor(of), command.occurredAt);
  return true;
};

/** What an order leaves of its cart's hold is free again, a little later where another order of the cart may follow. */
const leaveHold = (draft: Draft, reservation: string, channel: ChannelPolicy): void => {
  const held = openHold(draft.state(), reservation, draft.now);
  if (!held) return;
  if (!channel.splitCarts) {
    draft.emit(releasedTo(draft, { reservation, channel, held }, held, 0, { reason: 'order_placed' }));
    return;
  }
  const expiresAt = earlierOf(held.expiresAt, plus(draft.now, splitCartMillis));
  if (expiresAt === held.expiresAt) return;
  draft.emit({
    type: 'ReservationExtended',
    data: { parts: [], reservation, channel: channel.channel, held: { ...held, expiresAt } },
    occurredAt: draft.now,
  });
};

/** How many lines it takes until their events have so many bytes: the rest goes into another append. */
const linesWithin = (draft: Draft, wanted: Wanted, bytesMax: number): number => {
  const { targets } = wanted;
  let bytes = 0;
  for (const [index, target] of targets.entries()) {
    const mark = draft.events.length;
    applyTarget(draft, wanted, target);
    bytes += bytesOf(draft.events.slice(mark));
    if (bytes > bytesMax) return Math.max(1, index);
  }
  return targets.length;
};

const applyAll = (draft: Draft, wanted: Wanted): boolean => {
  rideExpired(draft);
  if (serveOversold(draft)) servePromises(draft);
  return wanted.targets.every((target) => applyTarget(draft, wanted, target));
};

/** The first lines in an append of their own; their versions say that they are done when the rest is decided. */
const firstLines = (draft: Draft, wanted: Wanted): StockDecision | undefined => {
  const count = linesWithin(draft.afresh(), wanted, targetBytesMax);
  if (count === wanted.targets.length) return undefined;
  const first = draft.afresh();
  if (!applyAll(first, { ...wanted, targets: wanted.targets.slice(0, count) })) return prepared(first);
  const decision = conclude(first);
  return decision.kind === 'accepted' ? { kind: 'prepared', events: decision.events } : decision;
};

/** Few events are never too large, and need not be measured: each line of an order has some hundred bytes. */
const smallEventsMax = 100;

const isTooLarge = ({ events }: Draft): boolean => events.length > smallEventsMax && bytesOf(events) > appendBytesMax;

/**
 * What an order wants of this SKU. A fact: never refused for quantity; what no place covers is owed and stands at
 * `unsourced:<channel>`. Per line the newest version stands, in whatever order they arrive. More lines than one append
 * carries go in several.
 */
export const setOrderTarget = (command: SetOrderTarget, draft: Draft): StockDecision => {
  const refusal = check(command, draft);
  if (refusal) return refused(refusal);
  const channel = draft.policy.channels.get(command.channel);
  if (!channel) return refused({ code: 'unknown_channel', channel: command.channel });
  const targets = newer(command, draft);
  if (targets.length === 0) return accepted();
  const wanted = { command, channel, targets };
  if (!applyAll(draft, wanted)) return prepared(draft);
  if (command.reservation !== undefined) leaveHold(draft, command.reservation, channel);
  const decision = conclude(draft);
  if (decision.kind !== 'accepted' || !isTooLarge(draft)) return decision;
  return firstLines(draft, wanted) ?? decision;
};
