import { laterOf, plus, type Instant, type PersistentMap } from '#event-sourcing';
import { movementsKeptMillis, movementsMax, aheadMillisMax } from '../bounds.js';
import type { StockEvent } from '../events.js';
import type { Lines } from './lines.js';
import { movementsOf, plusMovement, type Movement } from './movement.js';

/**
 * The movements of the last 72 h by their moment, so that a figure with an "as of" is compared with the ledger of then.
 * Complete after `forgottenUntil`; `latest` is the latest moment that an event has named.
 */
export type Movements = {
  readonly movements: PersistentMap<Movement>;
  readonly forgottenUntil: Instant;
  readonly latest: Instant;
};

export const firstInstant: Instant = '0000-01-01T00:00:00.000Z';

/** What is older than this is forgotten: no decision may ask for it any more. */
const keptFrom = (latest: Instant): Instant =>
  latest === firstInstant ? firstInstant : plus(latest, -movementsKeptMillis - aheadMillisMax);

/** Looked at once an hour, not for each event: adding to an instant costs as much as the rest. */
const hourOf = (instant: Instant): string => instant.slice(0, '2026-03-01T12'.length);

const pruned = ({ movements: all, forgottenUntil: until, latest }: Movements): Movements => {
  let movements = all;
  let forgottenUntil = until;
  const from = keptFrom(latest);
  for (let first = movements.firstKey(); first !== undefined; first = movements.firstKey()) {
    const at = first.slice(0, from.length);
    if (at >= from && movements.size <= movementsMax) break;
    movements = movements.without(first);
    forgottenUntil = at;
  }
  return { movements, forgottenUntil, latest };
};

/** The movements with what this event moved, and when; the lines are those before the event. */
export const movementsAfter = (before: Movements & Pick<Lines, 'lines'>, event: StockEvent): Movements => {
  const { forgottenUntil } = before;
  const isLatest = event.occurredAt > before.latest;
  const latest = isLatest ? event.occurredAt : before.latest;
  let { movements } = before;
  for (const { at, movement } of movementsOf(before, event)) {
    if (at <= forgottenUntil) continue;
    const key = `${at}|${movement.location}`;
    const sum = movements.get(key);
    movements = movements.with(key, sum ? plusMovement(sum, movement) : movement);
  }
  const after = { movements, forgottenUntil, latest };
  if (movements === before.movements) return after;
  const isNextHour = isLatest && hourOf(latest) > hourOf(before.latest);
  return isNextHour || movements.size > movementsMax ? pruned(after) : after;
};

/** No movement before this moment revises a count, and no figure before it can be compared. */
export const horizonOf = (state: Movements, now: Instant): Instant =>
  laterOf(state.forgottenUntil, plus(now, -movementsKeptMillis));

export const isLate = (state: Movements, occurredAt: Instant, now: Instant): boolean =>
  occurredAt <= state.forgottenUntil || occurredAt < plus(now, -movementsKeptMillis);

/** What a location's figures have changed by after a moment ('}' sorts after the '|' of that moment's keys). */
export const movedSince = (state: Movements, location: string, asOf: Instant): Movement => {
  let sum: Movement = { location, onHand: 0, usable: 0 };
  for (const movement of state.movements.values(`${asOf}}`))
    if (movement.location === location) sum = plusMovement(sum, movement);
  return sum;
};

/** What a location's figures changed by after `from` and up to `to`, moment by moment. */
export const movedWithin = (state: Movements, location: string, from: Instant, to: Instant): readonly Movement[] => {
  const moved: Movement[] = [];
  for (const [key, movement] of state.movements.entries(`${from}}`)) {
    if (key >= `${to}}`) break;
    if (movement.location === location) moved.push(movement);
  }
  return moved;
};
