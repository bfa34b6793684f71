import { isOpen } from '#atp';
import { refused } from '#event-sourcing';
import type { MoveCommitment } from '../commands.js';
import { lineKeyOf } from '../keys.js';
import { quantityAt, sumOf } from '../places.js';
import type { StockRefusal } from '../refusals.js';
import { balancesAt } from '../state/balances.js';
import { standingBalances } from '../state/supply.js';
import { unsourcedOf, type Part } from '../parts.js';
import { sourceOrder } from '../sourcing/source-order.js';
import { checkAuthor, checkChannel, checkLocation, checkSpeaker } from './authority.js';
import { commitmentMoved } from './commitment-moved.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { prepared, rideExpired } from './expired.js';
import { checkPositive, firstRefusal } from './form.js';
import { openLocationsOf } from './line-work.js';

type Maybe = StockRefusal | undefined;

/** A place, or the one where the channel's owed units stand. */
const checkPlace = (draft: Draft, location: string, channel: string): Maybe =>
  location === unsourcedOf(channel) ? undefined : checkLocation(draft.policy, location);

/** The channel may move its own commitments; so may who issues at the location that they leave. */
export const checkMover = (draft: Draft, connection: string, channel: string, location: string): Maybe => {
  const refusal = checkSpeaker(draft.policy, connection, 'ordered', channel);
  return refusal && checkAuthor(draft.policy, connection, 'issue', location) ? refusal : undefined;
};

const checkCommand = ({ connection, order, from, to, quantity }: MoveCommitment, draft: Draft): Maybe =>
  firstRefusal(
    () => checkPositive(quantity),
    () => checkChannel(draft.policy, order.channel),
    () => checkPlace(draft, from, order.channel),
    () => (to === undefined ? undefined : checkPlace(draft, to, order.channel)),
    () => checkMover(draft, connection, order.channel, from),
    () => (draft.before.opened ? undefined : { code: 'unknown_sku' }),
  );

const checkThere = ({ to, order, quantity }: MoveCommitment, draft: Draft): Maybe => {
  if (to === undefined || to === unsourcedOf(order.channel)) return undefined;
  if (!isOpen(to, draft.policy.locations)) return { code: 'location_not_open', location: to };
  const { sellable } = balancesAt(standingBalances(draft.before, draft.now), to);
  return sellable >= quantity ? undefined : { code: 'location_short', location: to, sellable, requested: quantity };
};

const checkUnits = (command: MoveCommitment, draft: Draft): Maybe => {
  const { order, from, quantity } = command;
  const record = draft.before.lines.get(lineKeyOf(order));
  if (!record) return { code: 'unknown_order_line', line: order.line };
  const committed = quantityAt(record.line.committed, from);
  if (committed < quantity) return { code: 'not_committed_there', location: from, committed, requested: quantity };
  return checkThere(command, draft);
};

/** Which units take their place: those of the place that is named, else what covers an order, never where they come from. */
const takesOf = ({ order, from, to, quantity }: MoveCommitment, draft: Draft): readonly Part[] => {
  if (to !== undefined) return [{ location: to, from: 'sellable', to: 'committed', quantity }];
  const { channel } = order;
  const locations = openLocationsOf(draft, channel).filter((location) => location !== from);
  const balances = standingBalances(draft.before, draft.now);
  return sourceOrder(balances, { quantity, channel, locations }).filter(({ location }) => location !== from);
};

/** Committed units of a line are to come from another place. Units that are owed may find one, or some of them. */
export const moveCommitment = (command: MoveCommitment, draft: Draft): StockDecision => {
  const { order, from, quantity, reason } = command;
  const refusal = checkCommand(command, draft) ?? checkUnits(command, draft);
  if (refusal) return refused(refusal);
  const takes = takesOf(command, draft);
  if (sumOf(takes) === 0) return refused({ code: 'insufficient', requested: quantity, available: 0, held: 0 });
  if (!rideExpired(draft, takes)) return prepared(draft);
  for (const { location: to, from: taken, quantity: units } of takes) {
    const record = draft.state().lines.get(lineKeyOf(order));
    if (record) draft.emit(commitmentMoved(draft, record, { from, to, quantity: units, reason, taken }));
  }
  return conclude(draft);
};
