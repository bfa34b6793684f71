import type { CountRevised, StockEvent } from '../events.js';
import { factsOf } from '../state/facts.js';
import { countsAt, type RecentCount } from '../state/counts.js';
import { isLate, movementsOf, type Movement } from '../state/movements.js';
import type { Draft } from './draft.js';

/** The earliest count of the location that had already seen what happened then. */
const firstCountAfter = (draft: Draft, event: StockEvent, key: string, location: string): RecentCount | undefined =>
  countsAt(draft.before, location).find(({ asOf, count }) => asOf >= event.occurredAt && count !== key);

const revisionOf = (count: RecentCount, movement: Movement, causedBy: string): CountRevised | undefined => {
  const change = count.basis === 'on_hand' ? movement.onHand : movement.usable;
  if (change === 0) return undefined;
  const { location } = movement;
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

const revise = (draft: Draft, event: StockEvent): void => {
  if (isLate(draft.before, event.occurredAt, draft.now)) return;
  const key = factsOf(event)[0]?.key;
  if (key === undefined) return;
  for (const movement of movementsOf(event.data.parts)) {
    const count = firstCountAfter(draft, event, key, movement.location);
    const revision = count && revisionOf(count, movement, key);
    if (revision) draft.emit(revision);
  }
};

/** A movement that happened before a count had been counted with: what it changes now, the count takes back. */
export const reviseCounts = (draft: Draft): void => {
  if (draft.before.counts.size === 0) return;
  for (const event of [...draft.events]) revise(draft, event);
};
