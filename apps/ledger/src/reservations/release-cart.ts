import type { Position } from '#event-sourcing';
import type { StockCommand } from '#stock';
import type { Caller } from '../caller.js';
import { inParallel } from '../in-parallel.js';
import type { CartHold, CartName, ExtendCart, ReleaseCart } from './cart.js';
import { executeOn, highestPosition, holdOf, type CartDeskDeps, type SkuOutcome } from './cart-desk.js';

/** SKU streams that one cart speaks to at a time. */
const skusAtOnceMax = 100;

/** What the cart holds of each SKU afterwards; each SKU for itself. */
export type CartHolds = { readonly lines: readonly CartHold[]; readonly position?: Position };

const holdAfter = <State>(
  deps: CartDeskDeps<State>,
  name: CartName,
  sku: string,
  outcome: SkuOutcome<State>,
): CartHold =>
  outcome.kind === 'accepted' ? holdOf(deps, name, sku, outcome.state) : { sku, held: 0, failure: outcome };

const onEach = async <State>(
  deps: CartDeskDeps<State>,
  cart: CartName & { readonly skus: readonly string[] },
  command: StockCommand,
  caller: Caller,
): Promise<CartHolds> => {
  const skus = [...new Set(cart.skus)].toSorted();
  const outcomes = await inParallel(skus, skusAtOnceMax, (sku) => executeOn(deps, sku, command, caller));
  const lines = outcomes.map((outcome, index) => holdAfter(deps, cart, skus[index] ?? '', outcome));
  return { lines, ...highestPosition(outcomes) };
};

const isGone = ({ failure }: CartHold): boolean =>
  failure?.kind === 'refused' && failure.refusal.code === 'reservation_not_found';

/** Gives everything back. A hold that is gone already is given back. */
export const releaseCart = async <State>(
  deps: CartDeskDeps<State>,
  cart: ReleaseCart,
  caller: Caller,
): Promise<CartHolds> => {
  const { connection, channel, cart: key } = cart;
  const holds = await onEach(deps, cart, { kind: 'release', connection, channel, cart: key }, caller);
  return { ...holds, lines: holds.lines.map((line) => (isGone(line) ? { sku: line.sku, held: 0 } : line)) };
};

/** Moves the deadlines. A hold that has expired is gone (`reservation_not_found`); the cart must reserve again. */
export const extendCart = <State>(deps: CartDeskDeps<State>, cart: ExtendCart, caller: Caller): Promise<CartHolds> => {
  const { connection, channel, cart: key, ttlMillis } = cart;
  const wish = ttlMillis === undefined ? {} : { ttlMillis };
  return onEach(deps, cart, { kind: 'extend', connection, channel, cart: key, ...wish }, caller);
};
