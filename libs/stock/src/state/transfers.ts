import type { PersistentMap } from '#event-sourcing';
import type { Part } from '../parts.js';

/** Units on their way, by transfer: dispatched, neither received nor lost. Below 0: the dispatch is still to be reported. */
export type Transfers = { readonly transit: PersistentMap<number> };

const prefix = 'transit:';
const idOf = (account: string): string | undefined =>
  account.startsWith(prefix) ? account.slice(prefix.length) : undefined;

const changed = (transit: Transfers['transit'], account: string, quantity: number): Transfers['transit'] => {
  const id = idOf(account);
  if (id === undefined) return transit;
  const left = (transit.get(id) ?? 0) + quantity;
  return left === 0 ? transit.without(id) : transit.with(id, left);
};

export const withTransit = <State extends Transfers>(state: State, parts: readonly Part[]): State => ({
  ...state,
  transit: parts.reduce(
    (transit, { from, to, quantity }) => changed(changed(transit, from, -quantity), to, quantity),
    state.transit,
  ),
});
