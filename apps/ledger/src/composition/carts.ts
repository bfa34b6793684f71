import type { PolicyBook } from '#policies';
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
import type { CartIndex, KnownCart } from '../cart-index/index.js';
import { beginCart, type TooManySkus } from './begin-cart.js';
import { reservationKeyOf, ttlMillisMax } from '#stock';

export type CartPlace = { readonly channel: string; readonly cart: string };
export type CartWish = CartPlace & {
  readonly lines: readonly CartLine[];
  readonly ttlMillis?: number;
  readonly partial?: boolean;
};

/** `lines` are SKUs that are stocked, components among them; `bundles` what they make of the bundles asked for. */
export type SetCartAnswer = (CartAnswer & { readonly bundles?: readonly HeldBundle[] }) | TooManySkus;

/** Carts as a whole. Which SKUs a cart holds is asked of the index, so any process may be asked for any cart. */
export type Carts = {
  /** What the cart named before and names no longer is given back. A bundle stands for what its recipe says now. */
  readonly set: (asker: Asker, wish: CartWish) => Promise<SetCartAnswer>;
  readonly extend: (asker: Asker, place: CartPlace & { readonly ttlMillis?: number }) => Promise<CartHolds>;
  readonly release: (asker: Asker, place: CartPlace) => Promise<CartHolds>;
  /** What the cart holds now; empty when it holds nothing. */
  readonly holds: (place: CartPlace) => Promise<readonly CartHold[]>;
};

type CartBook = Pick<PolicyBook, 'bundles' | 'channels'>;

export const createCarts = <State>(deps: CartDeskDeps<State>, index: CartIndex, book: () => CartBook): Carts => {
  const keyOf = ({ channel, cart }: CartPlace): string => reservationKeyOf(channel, cart);
  const ttlOf = ({ channel, ttlMillis }: CartPlace & { readonly ttlMillis?: number }): number =>
    Math.min(ttlMillis ?? book().channels.get(channel)?.reservationTtlMillis ?? ttlMillisMax, ttlMillisMax);
  const keep = (place: CartPlace, lines: readonly CartHold[], { version }: KnownCart): Promise<void> =>
    index.keep(
      keyOf(place),
      lines.filter(mayHold).map(({ sku }) => sku),
      version,
    );
  return {
    set: async (asker, wish) => {
      const caller = callerFrom(asker, deps.clock);
      const begun = await beginCart(index, {
        ...{ reservation: keyOf(wish), ttlMillis: ttlOf(wish), commandId: caller.commandId },
        asked: askedOf(wish.lines, book().bundles),
      });
      if (begun.kind === 'too_many_skus') return begun;
      const { asked, known } = begun;
      const lines = withDropped(explodedLines(asked), known.skus);
      const answer = await reserveCart(deps, cartOf(asker, wish, lines, asked), caller);
      if (!answer.lines.every(mayHold)) await keep(wish, answer.lines, known);
      return hasBundles(asked) ? { ...answer, bundles: heldBundles(asked, answer.lines) } : answer;
    },
    extend: async (asker, place) => {
      const known = await index.touch(keyOf(place), ttlOf(place));
      const cart = { ...place, connection: asker.connection, skus: known?.skus ?? [] };
      return extendCart(deps, cart, callerFrom(asker, deps.clock));
    },
    release: async (asker, place) => {
      const known = await index.find(keyOf(place));
      if (known === undefined) return { lines: [] };
      const cart = { ...place, connection: asker.connection, skus: known.skus };
      const holds = await releaseCart(deps, cart, callerFrom(asker, deps.clock));
      await keep(place, holds.lines, known);
      return holds;
    },
    holds: async (place) => {
      const { skus } = (await index.find(keyOf(place))) ?? { skus: [] };
      const loaded = await deps.stock.load(skus.map(deps.stockStream));
      const now = deps.clock.now();
      return loaded.flatMap(({ state }, nth): CartHold[] => {
        const hold = deps.holdIn(state, place.channel, place.cart, now);
        return hold ? [holdOfSku(skus[nth] ?? '', hold)] : [];
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
