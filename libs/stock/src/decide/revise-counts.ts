import type { CountRevised, StockEvent } from '../events.js';
import { factsOf } from '../state/facts.js';
import { countsAt, type RecentCount } from '../state/counts.js';
import { isLate, movementsOf, type Movement } from '../state/movements.js';
import type { Draft } from './draft.js';

/**
 * The counts of the location that had already seen what happened then, the earliest first. One count does not see the
 * difference that another one found at its very moment: of two figures for one moment the one told last stands.
 */
const countsAfter = (draft: Draft, event: StockEvent, key: string, location: string): readonly RecentCount[] =>
  countsAt(draft.before, location).filter(
    ({ asOf, count }) =>
      count !== key && (event.type === 'StockCounted' ? asOf > event.occurredAt : asOf >= event.occurredAt),
  );

const revisionOf = (count: RecentCount, location: string, change: number, causedBy: string): CountRevised => {
  const quantity = Math.abs(change);
  return {
    type: 'CountRevised',
    data: {
      parts: [
        change < 0
          ? { location, from: 'adjustment', to: 'sellable', quantity }
          : { location, from: 'sellable', to: 'adjustment', quantity },
      ],
      location,
      asOf: count.asOf,
      count: count.count,
      causedBy,
    },
    occurredAt: count.asOf,
  };
};

/** Whether a count saw a change depends on what it looked at; and its revision is itself a change for those after it. */
const reviseAll = (draft: Draft, counts: readonly RecentCount[], movement: Movement, causedBy: string): void => {
  let { onHand, usable } = movement;
  for (const count of counts) {
    const change = count.basis === 'on_hand' ? onHand : usable;
    if (change === 0) continue;
    draft.emit(revisionOf(count, movement.location, change, causedBy));
    onHand -= change;
    usable -= change;
  }
};

const revise = (draft: Draft, event: StockEvent): void => {
  if (isLate(draft.before, event.occurredAt, draft.now)) return;
  const key = factsOf(event)[0]?.key;
  if (key === undefined) return;
  for (const movement of movementsOf(event.data.parts))
    reviseAll(draft, countsAfter(draft, event, key, movement.location), movement, key);
};

/** A movement that happened before a count had been counted with: what it changes now, the count takes back. */
export const reviseCounts = (draft: Draft): void => {
  if (draft.before.counts.size === 0) return;
  for (const event of [...draft.events]) revise(draft, event);
};
