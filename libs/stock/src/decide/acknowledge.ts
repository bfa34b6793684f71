import { refused } from '#event-sourcing';
import type { AcknowledgeCommitment } from '../commands.js';
import type { CommitmentAcknowledged, LineStanding } from '../events.js';
import { lineKeyOf } from '../keys.js';
import { commitmentOf, coveredOf } from '../lines.js';
import { minusAll, plusAt, quantityAt } from '../places.js';
import type { StockRefusal } from '../refusals.js';
import type { LineRecord } from '../state/facts.js';
import { checkChannel, checkLocation } from './authority.js';
import { giveUpUnits, tellPromises } from './backorders.js';
import { conclude, type StockDecision } from './conclude.js';
import { decidedOn, promisable } from './decided-on.js';
import type { Draft } from './draft.js';
import { rideExpired } from './expired.js';
import { checkPositive, firstRefusal } from './form.js';
import { lineWith, withoutPromises } from './line-work.js';
import { checkMover } from './move-commitment.js';
import { givenUpParts } from './of-quota.js';

type Maybe = StockRefusal | undefined;

const checkCommand = ({ connection, order, location, quantity }: AcknowledgeCommitment, draft: Draft): Maybe =>
  firstRefusal(
    () => checkPositive(quantity),
    () => checkChannel(draft.policy, order.channel),
    () => checkLocation(draft.policy, location),
    () => checkMover(draft, connection, order.channel, location),
    () => (draft.before.opened ? undefined : { code: 'unknown_sku' }),
  );

/** Sent: of what is committed there and not sent yet. Acknowledged, refused: of what has been sent. */
const speakable = ({ location, state }: AcknowledgeCommitment, line: LineStanding): number => {
  const sent = quantityAt(line.sent, location);
  return state === 'sent' ? quantityAt(line.committed, location) - sent : sent;
};

const sentAfter = ({ location, state, quantity }: AcknowledgeCommitment, line: LineStanding): LineStanding => {
  const changes = { sent: quantity, acknowledged: 0, refused: -quantity };
  return { ...line, sent: plusAt(line.sent, location, changes[state]) };
};

const acknowledged = (command: AcknowledgeCommitment, draft: Draft, line: LineStanding): CommitmentAcknowledged => {
  const { order, connection, location, quantity, state } = command;
  return {
    type: 'CommitmentAcknowledged',
    data: { parts: [], order, line, connection, location, quantity, state },
    occurredAt: draft.now,
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
  const line = sentAfter(command, record.line);
  draft.emit(acknowledged(command, draft, line));
  if (command.state === 'refused') releaseRefused(draft, record, line);
  return conclude(draft);
};
