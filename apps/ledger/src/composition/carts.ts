import type { RecipeBook } from '#atp';
import {
  askedOf,
  explodedLines,
  extendCart,
  holdOfSku,
  hasBundles,
  heldBundles,
  releaseCart,
  reserveCart,
  type CartAnswer,
  type CartDeskDeps,
  type CartHold,
  type CartHolds,
  type AskedLine,
  type CartLine,
  type HeldBundle,
  type ReserveCart,
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

/** SKUs that one cart may hold once its bundles are their components: each is an append in turn. */
export const cartSkusMax = 500;

/** `lines` are SKUs that are stocked, components among them; `bundles` what they make of the bundles asked for. */
export type SetCartAnswer =
  | (CartAnswer & { readonly bundles?: readonly HeldBundle[] })
  | { readonly kind: 'too_many_skus'; readonly skus: number; readonly max: number };

/** Carts as a whole: which SKUs they hold is remembered here. */
export type Carts = {
  /** What the cart named before and names no longer is given back. A bundle stands for what its recipe says now. */
  readonly set: (asker: Asker, wish: CartWish) => Promise<SetCartAnswer>;
  readonly extend: (asker: Asker, place: CartPlace & { readonly ttlMillis?: number }) => Promise<CartHolds>;
  readonly release: (asker: Asker, place: CartPlace) => Promise<CartHolds>;
  /** What the cart holds now; empty when it holds nothing. */
  readonly holds: (place: CartPlace) => Promise<readonly CartHold[]>;
};

export const createCarts = <State>(deps: CartDeskDeps<State>, memory: CartMemory, recipes: () => RecipeBook): Carts => {
  const keyOf = ({ channel, cart }: CartPlace): string => reservationKeyOf(channel, cart);
  const keep = (place: CartPlace, lines: readonly CartHold[]): void =>
    memory.remember(
      keyOf(place),
      lines.filter(mayHold).map(({ sku }) => sku),
    );
  return {
    set: async (asker, wish) => {
      const caller = callerFrom(asker, deps.clock);
      // Under its own id again a cart stands for what it stood for: its bundles may stand for something else by now
      const asked = memory.explodedBy(keyOf(wish), caller.commandId) ?? askedOf(wish.lines, recipes());
      const wanted = explodedLines(asked);
      const skus = new Set(wanted.map(({ sku }) => sku)).size;
      if (skus > cartSkusMax) return { kind: 'too_many_skus', skus, max: cartSkusMax };
      const lines = withDropped(wanted, memory.skusOf(keyOf(wish)));
      // Remembered before it is tried: an answer that is lost must not lose the holds
      memory.remember(
        keyOf(wish),
        lines.map(({ sku }) => sku),
        hasBundles(asked) ? { commandId: caller.commandId, asked } : undefined,
      );
      const answer = await reserveCart(deps, cartOf(asker, wish, lines, asked), caller);
      if (!answer.lines.every(mayHold)) keep(wish, answer.lines);
      return hasBundles(asked) ? { ...answer, bundles: heldBundles(asked, answer.lines) } : answer;
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

/** A cart of bundles is recognised by what was said of all of it: which SKUs that is may have changed. */
const cartOf = (
  { connection }: Asker,
  wish: CartWish,
  lines: readonly CartLine[],
  asked: readonly AskedLine[],
): ReserveCart => {
  if (!hasBundles(asked)) return { ...wish, lines, connection };
  const said = { ...wish, lines: wish.lines.map((line) => ({ ...line })), connection };
  return { ...wish, lines, connection, said };
};

/** A line that did not answer may hold something still. */
const mayHold = ({ held, failure }: CartHold): boolean => held > 0 || failure !== undefined;

/** The lines asked for, and 0 for each SKU that the cart held and no longer names. */
const withDropped = (lines: readonly CartLine[], heldBefore: readonly string[]): readonly CartLine[] => {
  if (heldBefore.length === 0) return lines;
  const named = new Set(lines.map(({ sku }) => sku));
  return [...lines, ...heldBefore.filter((sku) => !named.has(sku)).map((sku) => ({ sku, quantity: 0 }))];
};
