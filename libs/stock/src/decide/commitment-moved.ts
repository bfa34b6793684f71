import type { CommitmentMoved, MoveReason } from '../events.js';
import { sentWithin, withOptional } from '../lines.js';
import type { Part } from '../parts.js';
import { plusAt } from '../places.js';
import type { LineRecord } from '../state/facts.js';
import { decidedOn, promisable } from './decided-on.js';
import type { Draft } from './draft.js';
import { lineWith } from './line-work.js';
import { givenUpParts } from './of-quota.js';

type Move = {
  readonly from: string;
  readonly to: string;
  readonly quantity: number;
  readonly reason: MoveReason;
  /** Out of which bucket they are taken there; sellable when left out. */
  readonly taken?: Part['from'];
};

/** Committed units of a line change their place. What a pick did not find waits in quarantine. */
export const commitmentMoved = (draft: Draft, { order, line }: LineRecord, move: Move): CommitmentMoved => {
  const { from, to, quantity, reason, taken = 'sellable' } = move;
  const committed = plusAt(plusAt(line.committed, from, -quantity), to, quantity);
  const isMissing = reason === 'short_pick' && !from.startsWith('unsourced:');
  const parts: readonly Part[] = [
    ...(isMissing
      ? [{ location: from, from: 'committed', to: 'quarantined', quantity } as const]
      : givenUpParts(line, order.channel, [{ location: from, quantity }], committed)),
    { location: to, from: taken, to: 'committed', quantity },
  ];
  const moved = lineWith(line, committed, sentWithin(line.sent, committed));
  const after =
    taken === 'sellable' ? moved : withOptional(moved, { ofQuota: plusAt(moved.ofQuota ?? [], to, quantity) });
  const channel = draft.policy.channels.get(order.channel);
  const decided = channel && { decidedOn: decidedOn(draft, channel, promisable(draft, channel)) };
  const data = { parts, order, line: after, from, to, quantity, reason, ...decided };
  return { type: 'CommitmentMoved', data, occurredAt: draft.now };
};
