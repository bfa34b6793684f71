import type { CountRevised, StockEvent } from '../events.js';
import { evolve } from '../evolve.js';
import { factsOf } from '../state/facts.js';
import { countsAt, type RecentCount } from '../state/counts.js';
import { movementsOf, type Movement, type MovementAt } from '../state/movement.js';
import { isLate } from '../state/movements.js';
import type { StockState } from '../state/state.js';
import type { Draft } from './draft.js';
import { changeFor } from './expected.js';

/** Somebody's own figure of a moment. */
const isFigure = ({ type }: StockEvent): boolean => type === 'StockCounted' || type === 'StockObserved';

/**
 * The counts of the location that had already seen what happened then, the earliest first. One count does not see the
 * difference that another one found at its very moment: of two figures for one moment the one told last stands.
 */
const countsAfter = (
  draft: Draft,
  event: StockEvent,
  key: string,
  { at, movement }: MovementAt,
): readonly RecentCount[] =>
  countsAt(draft.before, movement.location).filter(
    ({ asOf, count }) => count !== key && (isFigure(event) ? asOf > at : asOf >= at),
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
  let left = movement;
  for (const count of counts) {
    const change = changeFor(count, left);
    if (change === 0) continue;
    draft.emit(revisionOf(count, movement.location, change, causedBy));
    left = { ...left, onHand: left.onHand - change, usable: left.usable - change };
  }
};

const revise = (draft: Draft, event: StockEvent, before: StockState): void => {
  const key = factsOf(event)[0]?.key;
  if (key === undefined) return;
  for (const one of movementsOf(before, event))
    if (!isLate(draft.before, one.at, draft.now))
      reviseAll(draft, countsAfter(draft, event, key, one), one.movement, key);
};

/**
 * A movement that happened before a count had been counted with: what it changes now, the count takes back. So does what
 * a connection acknowledged before its own figure of what is free.
 */
export const reviseCounts = (draft: Draft): void => {
  if (draft.before.counts.size === 0) return;
  let before = draft.before;
  for (const event of [...draft.events]) {
    revise(draft, event, before);
    before = evolve(before, event);
  }
};
