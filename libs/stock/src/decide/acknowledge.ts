import { refused, type Instant } from '#event-sourcing';
import { acknowledgedBy, minusAcknowledged, plusAcknowledged } from '../acknowledged.js';
import type { AcknowledgeCommitment } from '../commands.js';
import type { CommitmentAcknowledged } from '../events.js';
import type { LineStanding } from '../standing.js';
import { lineKeyOf } from '../keys.js';
import { commitmentOf, coveredOf } from '../lines.js';
import { minusAll, plusAt, quantityAt } from '../places.js';
import type { StockRefusal } from '../refusals.js';
import type { LineRecord } from '../state/facts.js';
import { checkAuthor, checkChannel, checkLocation } from './authority.js';
import { giveUpUnits, tellPromises } from './backorders.js';
import { conclude, type StockDecision } from './conclude.js';
import { decidedOn, promisable } from './decided-on.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { checkMoment, checkPositive, firstRefusal } from './form.js';
import { lineWith, withoutPromises } from './line-work.js';
import { checkMover } from './move-commitment.js';
import { givenUpParts } from './of-quota.js';
import { unreachable } from '../unreachable.js';

type Maybe = StockRefusal | undefined;

/** Who gives figures of a location may say as well which of its commitments are in them. */
const checkSource = ({ connection, order, location, state }: AcknowledgeCommitment, draft: Draft): Maybe => {
  const refusal = checkMover(draft, connection, order.channel, location);
  if (state !== 'acknowledged') return refusal;
  return refusal && checkAuthor(draft.policy, connection, 'count', location) ? refusal : undefined;
};

const checkCommand = (command: AcknowledgeCommitment, draft: Draft): Maybe => {
  const { order, location, quantity, occurredAt } = command;
  return firstRefusal(
    () => checkPositive(quantity),
    () => (occurredAt === undefined ? undefined : checkMoment(occurredAt, draft.now)),
    () => checkChannel(draft.policy, order.channel),
    () => checkLocation(draft.policy, location),
    () => checkSource(command, draft),
    () => (draft.before.opened ? undefined : { code: 'unknown_sku' }),
  );
};

/**
 * Sent: of what is committed there and not sent yet. Acknowledged: of what this connection has not acknowledged yet,
 * whether or not somebody has sent it: some systems read the orders by themselves. Refused: of what has been sent.
 */
const speakable = ({ connection, location, state }: AcknowledgeCommitment, line: LineStanding): number => {
  const committed = quantityAt(line.committed, location);
  switch (state) {
    case 'sent':
      return committed - quantityAt(line.sent, location);
    case 'acknowledged':
      return committed - acknowledgedBy(line, { connection, location });
    case 'refused':
      return quantityAt(line.sent, location);
    default:
      return unreachable(state);
  }
};

const standingAfter = (command: AcknowledgeCommitment, line: LineStanding, at: Instant): LineStanding => {
  const { connection, location, state, quantity } = command;
  switch (state) {
    case 'sent':
      return { ...line, sent: plusAt(line.sent, location, quantity) };
    case 'acknowledged':
      return plusAcknowledged(line, { connection, location }, quantity, at);
    case 'refused': {
      const left = minusAcknowledged(line, { connection, location }, quantity);
      return { ...left, sent: plusAt(line.sent, location, -quantity) };
    }
    default:
      return unreachable(state);
  }
};

const acknowledged = (command: AcknowledgeCommitment, line: LineStanding, at: Instant): CommitmentAcknowledged => {
  const { order, connection, location, quantity, state } = command;
  return {
    type: 'CommitmentAcknowledged',
    data: { parts: [], order, line, connection, location, quantity, state },
    occurredAt: at,
  };
};

/** Units that stayed committed only because they had been sent are free once the warehouse has refused them. */
const releaseRefused = (draft: Draft, { order }: LineRecord, line: LineStanding): void => {
  const channel = draft.policy.channels.get(order.channel);
  const surplus = coveredOf(line) - commitmentOf(line);
  if (!channel || surplus <= 0) return;
  const { given, dropped } = giveUpUnits(channel.locations, line, surplus);
  const committed = minusAll(line.committed, given);
  const after = withoutPromises(lineWith(line, committed, line.sent), dropped);
  draft.emit({
    type: 'CommitmentChanged',
    data: {
      parts: givenUpParts(line, order.channel, given, committed),
      order,
      line: after,
      decidedOn: decidedOn(draft, channel, promisable(draft, channel)),
    },
    occurredAt: draft.now,
  });
  tellPromises(draft, line, { order, line: after, occurredAt: draft.now });
};

/** A warehouse was asked for committed units, has said yes, or has said no. Sent units stay committed until then. */
export const acknowledge = (command: AcknowledgeCommitment, draft: Draft): StockDecision => {
  const refusal = checkCommand(command, draft);
  if (refusal) return refused(refusal);
  const { order, location, quantity } = command;
  const record = draft.before.lines.get(lineKeyOf(order));
  if (!record) return refused({ code: 'unknown_order_line', line: order.line });
  const committed = speakable(command, record.line);
  if (committed < quantity) return refused({ code: 'not_committed_there', location, committed, requested: quantity });
  rideExpired(draft);
  const at = command.occurredAt ?? draft.now;
  const line = standingAfter(command, record.line, at);
  draft.emit(acknowledged(command, line, at));
  if (command.state === 'refused') releaseRefused(draft, record, line);
  return conclude(draft);
};
