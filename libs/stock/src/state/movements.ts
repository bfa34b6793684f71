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

const pruned = <State extends Movements>(state: State): State => {
  let { movements, forgottenUntil } = state;
  const from = keptFrom(state.latest);
  for (let first = movements.first(); first; first = movements.first()) {
    const at = first[0].slice(0, from.length);
    if (at >= from && movements.size <= movementsMax) break;
    movements = movements.without(first[0]);
    forgottenUntil = at;
  }
  return movements === state.movements ? state : { ...state, movements, forgottenUntil };
};

/** The state that remembers what this event moved, and when; its lines are those before the event. */
export const withMovements = <State extends Movements & Pick<Lines, 'lines'>>(
  state: State,
  event: StockEvent,
): State => {
  const { occurredAt } = event;
  const aged = occurredAt > state.latest ? { ...state, latest: occurredAt } : state;
  const moved = movementsOf(state, event).filter(({ at }) => at > aged.forgottenUntil);
  if (moved.length === 0) return aged;
  let { movements } = aged;
  for (const { at, ...movement } of moved) {
    const key = `${at}|${movement.location}`;
    const before = movements.get(key);
    movements = movements.with(key, before ? plusMovement(before, movement) : movement);
  }
  const next = { ...aged, movements };
  return hourOf(occurredAt) > hourOf(state.latest) || movements.size > movementsMax ? pruned(next) : next;
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
