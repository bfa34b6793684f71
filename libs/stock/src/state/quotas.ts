import type { PersistentMap } from '#event-sourcing';
import type { StockEvent } from '../events.js';
import type { Quota } from '../standing.js';
import type { Part } from '../parts.js';
import { balancesAt, type BalancesByLocation } from './balances.js';

/** Quotas by location and channel. */
export type Quotas = { readonly quotas: PersistentMap<Quota> };

type At = Pick<Quota, 'location' | 'channel'>;
export const quotaKeyOf = ({ location, channel }: At): string => `${location}|${channel}`;

export const fencedFor = (balances: BalancesByLocation, { location, channel }: At): number =>
  balancesAt(balances, location).fenced[channel] ?? 0;

/** What may stand fenced for it; what is missing of that is to be filled. */
export const openOf = ({ quantity, spent }: Quota): number => Math.max(0, quantity - spent);

/** Quotas in the order in which free units fill them. */
export const inPriority = ({ quotas }: Quotas): readonly Quota[] =>
  [...quotas.values()].sort((a, b) => a.priority - b.priority);

const prefix = 'fenced:';
const channelOf = (account: string): string | undefined =>
  account.startsWith(prefix) ? account.slice(prefix.length) : undefined;

/** Units that a cart or an order has, or has sent out; between fence and pool nothing is spent. */
const isWanted = (account: string): boolean =>
  account === 'reserved' || account === 'committed' || account === 'customer';

const spentBy = ({ location, from, to, quantity }: Part): readonly [At, number] | undefined => {
  const taken = isWanted(to) ? channelOf(from) : undefined;
  if (taken !== undefined) return [{ location, channel: taken }, quantity];
  const back = isWanted(from) ? channelOf(to) : undefined;
  return back === undefined ? undefined : [{ location, channel: back }, -quantity];
};

/** The quotas that these parts change, as they stand after them. What comes back from before a quota was set leaves it whole. */
export const quotasAfter = ({ quotas }: Quotas, parts: readonly Part[]): readonly Quota[] => {
  const changed = new Map<string, Quota>();
  for (const part of parts) {
    const change = spentBy(part);
    if (!change) continue;
    const [at, quantity] = change;
    const key = quotaKeyOf(at);
    const quota = changed.get(key) ?? quotas.get(key);
    if (quota) changed.set(key, { ...quota, spent: Math.max(0, quota.spent + quantity) });
  }
  return [...changed.values()];
};

/**
 * The state in which the quotas stand as an event says. One that was taken away stays, with nothing: a cart may still give
 * back units that came out of it.
 */
export const withQuotas = <State extends Quotas>(state: State, standing: readonly Quota[]): State => ({
  ...state,
  quotas: standing.reduce((quotas, quota) => quotas.with(quotaKeyOf(quota), quota), state.quotas),
});

/** The quotas that an event changes, as they stand after it. */
export const quotasOf = (event: StockEvent): readonly Quota[] => {
  if (event.type !== 'QuotaSet') return event.data.quotas ?? none;
  const { channel, location, quantity, priority } = event.data;
  return [{ channel, location, quantity, priority, spent: 0 }];
};
const none: readonly Quota[] = [];

/** A quota with what of it is fenced, and what is still missing. */
export type QuotaStanding = Quota & { readonly fenced: number; readonly lacking: number };

export const quotaStandingOf = (quota: Quota, fenced: number): QuotaStanding => ({
  ...quota,
  fenced,
  lacking: Math.max(0, openOf(quota) - fenced),
});

/** A quota as it stands; one that was never set has nothing. */
export const quotaIn = (state: Quotas & { readonly balances: BalancesByLocation }, at: At): QuotaStanding =>
  quotaStandingOf(
    state.quotas.get(quotaKeyOf(at)) ?? { ...at, quantity: 0, priority: 0, spent: 0 },
    fencedFor(state.balances, at),
  );

/** Units of a quota that may come back to it: those that are fenced for it are never more than it has. */
export const roomOf = ({ quantity }: Pick<Quota, 'quantity'>, fenced: number): number => Math.max(0, quantity - fenced);

/**
 * Units on their way back into fences stay with the pool as far as the quota has no room for them: it was lowered or taken
 * away while a cart had them. `roomAt` says how many it had room for before any of them came.
 */
export const backWithinQuotas = (parts: readonly Part[], roomAt: (at: At) => number): readonly Part[] => {
  if (!parts.some(({ to }) => channelOf(to) !== undefined)) return parts;
  const used = new Map<string, number>();
  return parts.flatMap((part) => {
    const channel = channelOf(part.to);
    if (channel === undefined) return [part];
    const at = { location: part.location, channel };
    const before = used.get(quotaKeyOf(at)) ?? 0;
    const fenced = Math.min(part.quantity, Math.max(0, roomAt(at) - before));
    used.set(quotaKeyOf(at), before + fenced);
    return [
      { ...part, quantity: fenced },
      { ...part, to: 'sellable' as const, quantity: part.quantity - fenced },
    ].filter(({ quantity }) => quantity > 0);
  });
};
