import { stockStream, type Ledger } from '#apps/ledger';
import type { SkuFigures } from '#apps/channels';
import { availability, type ChannelPolicy } from '#atp';
import { onHandOf, supplyOf, type StockState } from '#stock';

/** What the ledger says of a SKU, before any sequence. */
export type Figures = Omit<SkuFigures, 'sequence' | 'position'>;

/** Units that a channel's open carts hold, by the listing that they name. */
const heldByListing = (state: StockState, channel: string, now: string): Readonly<Record<string, number>> => {
  const held = new Map<string, number>();
  for (const [key, { listing, quantity, expiresAt }] of state.holds.entries()) {
    if (listing === undefined || expiresAt <= now || !key.startsWith(`${channel}:`)) continue;
    held.set(listing, (held.get(listing) ?? 0) + quantity);
  }
  return Object.fromEntries(held);
};

const policyOf = (ledger: Ledger, channel: string): ChannelPolicy => {
  const policy = ledger.policies.book().channels.get(channel);
  if (policy === undefined) throw new Error(`No channel ${channel}`);
  return policy;
};

/** By the ledger's own streams and its own formula, at this moment. */
export const figuresOf = async (
  ledger: Ledger,
  channel: string,
  skus: readonly string[],
): Promise<readonly Figures[]> => {
  const now = ledger.clock.now();
  const { channels, locations } = ledger.policies.book();
  const policy = { channel: policyOf(ledger, channel), channels, locations };
  const loaded = await ledger.lanes.stock.load(skus.map(stockStream));
  return loaded.map(({ state }, nth) => ({
    sku: skus[nth] ?? '',
    shown: availability(supplyOf(state, now), policy, now).shown,
    heldByListing: heldByListing(state, channel, now),
  }));
};

/** Units that the ledger says lie somewhere. */
export const onHandIn = async (ledger: Ledger, skus: readonly string[]): Promise<readonly number[]> => {
  const loaded = await ledger.lanes.stock.load(skus.map(stockStream));
  return loaded.map(({ state }) =>
    [...state.balances.entries()]
      .filter(([location]) => !location.startsWith('unsourced:'))
      .reduce((sum, [, balances]) => sum + onHandOf(balances), 0),
  );
};
