import type { RecordedEvent } from '#event-sourcing';
import { partsOf } from './parts.js';

/**
 * Counts, checked from the raw postings and their moments alone: each was compared with the ledger of its own moment, and
 * in the end the ledger says of that moment what was counted, whatever has been reported since.
 */

type Figure = { onHand: number; usable: number };
type Moved = Figure & { location: string; at: string; recorded: number; late: boolean };
type Counted = { location: string; asOf: string; basis: keyof Figure; observed: number; net: number; recorded: number };

/** What has moved of one SKU, and how each of its counts stands. */
export type CountBooks = { readonly moved: Moved[]; readonly counts: Map<string, Counted> };
export const openCountBooks = (): CountBooks => ({ moved: [], counts: new Map() });

const physical = (account: string): Figure => {
  const usable = /^(sellable|reserved|committed|fenced:.*)$/.test(account);
  return { onHand: usable || account === 'quarantined' || account === 'damaged' ? 1 : 0, usable: usable ? 1 : 0 };
};

const moves = (event: RecordedEvent): Moved[] =>
  partsOf(event)
    .filter(({ location }) => !location.startsWith('unsourced:'))
    .map(({ location, from, to, quantity }) => ({
      location,
      onHand: quantity * (physical(to).onHand - physical(from).onHand),
      usable: quantity * (physical(to).usable - physical(from).usable),
      at: event.metadata.occurredAt,
      recorded: event.revision,
      late: event.data['late'] === true,
    }));

const figureAt = (moved: readonly Moved[], { location, asOf, basis }: Omit<Counted, 'net' | 'observed' | 'recorded'>) =>
  moved.filter((move) => move.location === location && move.at <= asOf).reduce((sum, move) => sum + move[basis], 0);

type Data = { location: string; asOf: string; basis: string; observed: number; expected: number; difference: number };

/** Figures of people, and those of machines that were believed. */
const isPosted = ({ type, data }: RecordedEvent): boolean =>
  type === 'StockCounted' || (type === 'StockObserved' && data['conclusion'] === 'posted');

/** Takes in an event; the answer says what is wrong with it. */
export const auditCount = ({ moved, counts }: CountBooks, event: RecordedEvent): string | undefined => {
  if (event.type === 'CountRevised') {
    const { count, parts } = event.data as unknown as { count: string; parts: { to: string; quantity: number }[] };
    const found = counts.get(count);
    const [part] = parts;
    if (found && part) found.net += part.to === 'sellable' ? part.quantity : -part.quantity;
  }
  if (!isPosted(event)) return void moved.push(...moves(event));
  const { location, asOf, basis, observed, expected, difference } = event.data as unknown as Data;
  const { connection, sourceKey } = event.data['fact'] as { connection: string; sourceKey: string };
  const key = `${connection}|${event.type === 'StockCounted' ? 'count' : 'observation'}|${sourceKey}`;
  const what = { location, asOf, basis: basis === 'usable' ? 'usable' : 'onHand' } as const;
  const before = figureAt(moved, what) - (counts.get(key)?.net ?? 0);
  moved.push(...moves(event));
  counts.set(key, { ...what, observed, net: difference, recorded: event.revision });
  return before === expected ? undefined : `expects ${expected} at ${asOf}, it was ${before}`;
};

/** Counts that the ledger no longer agrees with. Movements too late to revise a count are left out, as they say. */
export const unmetCounts = ({ moved, counts }: CountBooks): string[] =>
  [...counts].flatMap(([key, count]) => {
    const others = [...counts.values()].filter(
      ({ location, asOf }) => location === count.location && asOf === count.asOf,
    );
    const figure = figureAt(
      moved.filter(({ late, recorded }) => !late || recorded < count.recorded),
      count,
    );
    return others.length > 1 || figure === count.observed
      ? []
      : [`${key} counted ${count.observed} at ${count.asOf}, the ledger says ${figure}`];
  });
