import {
  extendCart,
  holdOfSku,
  releaseCart,
  reserveCart,
  type CartAnswer,
  type CartDeskDeps,
  type CartHold,
  type CartHolds,
  type CartLine,
} from '../reservations/index.js';
import { callerFrom, type Asker } from './asker.js';
import type { CartMemory } from './cart-memory.js';
import { reservationKeyOf } from '#stock';

export type CartPlace = { readonly channel: string; readonly cart: string };
export type CartWish = CartPlace & {
  readonly lines: readonly CartLine[];
  readonly ttlMillis?: number;
  readonly partial?: boolean;
};

/** Carts as a whole: which SKUs they hold is remembered here. */
export type Carts = {
  /** What the cart named before and names no longer is given back. */
  readonly set: (asker: Asker, wish: CartWish) => Promise<CartAnswer>;
  readonly extend: (asker: Asker, place: CartPlace & { readonly ttlMillis?: number }) => Promise<CartHolds>;
  readonly release: (asker: Asker, place: CartPlace) => Promise<CartHolds>;
  /** What the cart holds now; empty when it holds nothing. */
  readonly holds: (place: CartPlace) => Promise<readonly CartHold[]>;
};

export const createCarts = <State>(deps: CartDeskDeps<State>, memory: CartMemory): Carts => {
  const keyOf = ({ channel, cart }: CartPlace): string => reservationKeyOf(channel, cart);
  const keep = (place: CartPlace, lines: readonly CartHold[]): void =>
    memory.remember(
      keyOf(place),
      lines.filter(mayHold).map(({ sku }) => sku),
    );
  return {
    set: async (asker, wish) => {
      const lines = withDropped(wish.lines, memory.skusOf(keyOf(wish)));
      const cart = { ...wish, lines, connection: asker.connection };
      // Remembered before it is tried: an answer that is lost must not lose the holds
      memory.remember(
        keyOf(wish),
        lines.map(({ sku }) => sku),
      );
      const answer = await reserveCart(deps, cart, callerFrom(asker, deps.clock));
      if (!answer.lines.every(mayHold)) keep(wish, answer.lines);
      return answer;
    },
    extend: (asker, place) => {
      const cart = { ...place, connection: asker.connection, skus: memory.skusOf(keyOf(place)) };
      return extendCart(deps, cart, callerFrom(asker, deps.clock));
    },
    release: async (asker, place) => {
      const cart = { ...place, connection: asker.connection, skus: memory.skusOf(keyOf(place)) };
      const holds = await releaseCart(deps, cart, callerFrom(asker, deps.clock));
      keep(place, holds.lines);
      return holds;
    },
    holds: async (place) => {
      const skus = memory.skusOf(keyOf(place));
      const loaded = await deps.stock.load(skus.map(deps.stockStream));
      const now = deps.clock.now();
      return loaded.flatMap(({ state }, index): CartHold[] => {
        const hold = deps.holdIn(state, place.channel, place.cart, now);
        return hold ? [holdOfSku(skus[index] ?? '', hold)] : [];
      });
    },
  };
};

/** A line that did not answer may hold something still. */
const mayHold = ({ held, failure }: CartHold): boolean => held > 0 || failure !== undefined;

/** The lines asked for, and 0 for each SKU that the cart held and no longer names. */
const withDropped = (lines: readonly CartLine[], heldBefore: readonly string[]): readonly CartLine[] => {
  if (heldBefore.length === 0) return lines;
  const named = new Set(lines.map(({ sku }) => sku));
  return [...lines, ...heldBefore.filter((sku) => !named.has(sku)).map((sku) => ({ sku, quantity: 0 }))];
};
