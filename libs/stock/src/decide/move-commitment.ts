import { isOpen } from '#atp';
import { refused } from '#event-sourcing';
import type { MoveCommitment } from '../commands.js';
import { lineKeyOf } from '../keys.js';
import { quantityAt } from '../places.js';
import type { StockRefusal } from '../refusals.js';
import { balancesAt } from '../state/balances.js';
import { standingBalances } from '../state/supply.js';
import { unsourcedOf } from '../parts.js';
import { checkAuthor, checkChannel, checkLocation, checkSpeaker } from './authority.js';
import { commitmentMoved } from './commitment-moved.js';
import { conclude, type StockDecision } from './conclude.js';
import type { Draft } from './draft.js';
import { prepared, rideExpired } from './expired.js';
import { checkPositive, firstRefusal } from './form.js';

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
    () => checkPlace(draft, to, order.channel),
    () => checkMover(draft, connection, order.channel, from),
    () => (draft.before.opened ? undefined : { code: 'unknown_sku' }),
  );

const checkUnits = ({ order, from, to, quantity }: MoveCommitment, draft: Draft): Maybe => {
  const record = draft.before.lines.get(lineKeyOf(order));
  if (!record) return { code: 'unknown_order_line', line: order.line };
  const committed = quantityAt(record.line.committed, from);
  if (committed < quantity) return { code: 'not_committed_there', location: from, committed, requested: quantity };
  if (to === unsourcedOf(order.channel)) return undefined;
  if (!isOpen(to, draft.policy.locations)) return { code: 'location_not_open', location: to };
  const { sellable } = balancesAt(standingBalances(draft.before, draft.now), to);
  if (sellable >= quantity) return undefined;
  return { code: 'location_short', location: to, sellable, requested: quantity };
};

/** Committed units of a line are to come from another place. */
export const moveCommitment = (command: MoveCommitment, draft: Draft): StockDecision => {
  const { order, to, quantity } = command;
  const refusal = checkCommand(command, draft) ?? checkUnits(command, draft);
  if (refusal) return refused(refusal);
  const record = draft.before.lines.get(lineKeyOf(order));
  if (!record) return refused({ code: 'unknown_order_line', line: order.line });
  if (!rideExpired(draft, [{ location: to, from: 'sellable', to: 'committed', quantity }])) return prepared(draft);
  draft.emit(commitmentMoved(draft, record, command));
  return conclude(draft);
};
