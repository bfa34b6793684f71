import { laterOf, plus, type Instant, type PersistentMap } from '#event-sourcing';
import { movementsKeptMillis, movementsMax, aheadMillisMax } from '../bounds.js';
import type { StockEvent } from '../events.js';
import type { Bucket, Outside, Part } from '../parts.js';
import { isBucket } from '../postings.js';

/** What the physical figures of a location changed by at one moment. */
export type Movement = { readonly location: string; readonly onHand: number; readonly usable: number };

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

const isPlace = (location: string): boolean => !location.startsWith('unsourced:');
const isUsable = (account: Bucket | Outside): boolean =>
  isBucket(account) && account !== 'quarantined' && account !== 'damaged';

const changeBy = (part: Part, counts: (account: Bucket | Outside) => boolean): number =>
  (counts(part.to) ? part.quantity : 0) - (counts(part.from) ? part.quantity : 0);

const isChange = ({ onHand, usable }: Movement): boolean => onHand !== 0 || usable !== 0;

/** What these parts change of the physical figures, by location; locations where nothing changes are left out. */
export const movementsOf = (parts: readonly Part[]): readonly Movement[] => {
  const each = parts
    .map((part) => ({
      location: part.location,
      onHand: changeBy(part, isBucket),
      usable: changeBy(part, isUsable),
    }))
    .filter((movement) => isChange(movement) && isPlace(movement.location));
  if (each.length <= 1) return each;
  const sums = new Map<string, Movement>();
  for (const { location, onHand, usable } of each) {
    const sum = sums.get(location);
    sums.set(location, { location, onHand: onHand + (sum?.onHand ?? 0), usable: usable + (sum?.usable ?? 0) });
  }
  return [...sums.values()].filter(isChange);
};

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

/** The state that remembers what this event moved, and when. */
export const withMovements = <State extends Movements>(state: State, event: StockEvent): State => {
  const at = event.occurredAt;
  const aged = at > state.latest ? { ...state, latest: at } : state;
  const moved = movementsOf(event.data.parts);
  if (moved.length === 0 || at <= aged.forgottenUntil) return aged;
  let { movements } = aged;
  for (const movement of moved) {
    const key = `${at}|${movement.location}`;
    const before = movements.get(key);
    const sum = before
      ? { ...movement, onHand: movement.onHand + before.onHand, usable: movement.usable + before.usable }
      : movement;
    movements = movements.with(key, sum);
  }
  const next = { ...aged, movements };
  return hourOf(at) > hourOf(state.latest) || movements.size > movementsMax ? pruned(next) : next;
};

/** No movement before this moment revises a count, and no figure before it can be compared. */
export const horizonOf = (state: Movements, now: Instant): Instant =>
  laterOf(state.forgottenUntil, plus(now, -movementsKeptMillis));

export const isLate = (state: Movements, occurredAt: Instant, now: Instant): boolean =>
  occurredAt <= state.forgottenUntil || occurredAt < plus(now, -movementsKeptMillis);

/** What a location's physical figures have changed by after a moment ('}' sorts after the '|' of that moment's keys). */
export const movedSince = (state: Movements, location: string, asOf: Instant): Movement => {
  let [onHand, usable] = [0, 0];
  for (const movement of state.movements.values(`${asOf}}`)) {
    if (movement.location !== location) continue;
    onHand += movement.onHand;
    usable += movement.usable;
  }
  return { location, onHand, usable };
};
