import { plus, type Instant, type PersistentMap } from '#event-sourcing';
import { aheadMillisMax, countsMax, movementsKeptMillis } from '../bounds.js';
import type { CountRevised, StockCounted, StockObserved, TellableBasis } from '../events.js';
import { factKeyOf } from '../keys.js';
import type { Part } from '../parts.js';

/** A count that a late movement may still revise. `net` is what stands posted for it, revisions included. */
export type RecentCount = {
  readonly count: string;
  /** Whose figure it is: what is free depends on what they know. */
  readonly connection: string;
  readonly asOf: Instant;
  readonly basis: TellableBasis;
  readonly net: number;
};
/** Per location, the earliest first. */
export type Counts = { readonly counts: PersistentMap<readonly RecentCount[]> };

/** What these parts bring into sellable at a location, where they come from and go to outside. */
export const intoSellable = (parts: readonly Part[], location: string): number =>
  parts
    .filter((part) => part.location === location)
    .reduce((sum, { to, quantity }) => sum + (to === 'sellable' ? quantity : -quantity), 0);

export const countsAt = (state: Counts, location: string): readonly RecentCount[] => state.counts.get(location) ?? [];

/** A count and where it stands. */
export const findCount = (state: Counts, count: string): (RecentCount & { readonly location: string }) | undefined => {
  for (const [location, counts] of state.counts.entries()) {
    const found = counts.find((candidate) => candidate.count === count);
    if (found) return { ...found, location };
  }
  return undefined;
};

const without = (state: Counts, count: string): Counts['counts'] => {
  const found = findCount(state, count);
  if (!found) return state.counts;
  const rest = countsAt(state, found.location).filter((candidate) => candidate.count !== count);
  return state.counts.with(found.location, rest);
};

const inOrder = (counts: readonly RecentCount[], latest: Instant): readonly RecentCount[] => {
  const from = plus(latest, -movementsKeptMillis - aheadMillisMax);
  const kept = counts.filter(({ asOf }) => asOf >= from);
  return kept.sort((a, b) => (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0)).slice(-countsMax);
};

/** The count stands like this now, and no longer where or when it stood before. */
export const withCount = <State extends Counts & { readonly latest: Instant }>(
  state: State,
  { type, data }: StockCounted | StockObserved,
): State => {
  const count = factKeyOf({ ...data.fact, kind: type === 'StockCounted' ? 'count' : 'observation' });
  const counts = without(state, count);
  const { connection } = data.fact;
  const own = { count, connection, asOf: data.asOf, basis: data.basis, net: data.difference };
  const all = inOrder([...(counts.get(data.location) ?? []), own], state.latest);
  return { ...state, counts: counts.with(data.location, all) };
};

export const withRevision = <State extends Counts>(state: State, { data }: CountRevised): State => {
  const revision = intoSellable(data.parts, data.location);
  const counts = countsAt(state, data.location).map((count) =>
    count.count === data.count ? { ...count, net: count.net + revision } : count,
  );
  return { ...state, counts: state.counts.with(data.location, counts) };
};
