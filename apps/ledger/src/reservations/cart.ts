import type { Failure } from '../failure.js';
import type { Instant, JsonObject, Position } from '#event-sourcing';
import type { Backordered, Held, StockRefusal } from '#stock';

/** What a cart asks of one SKU: the quantity it wants to hold, set and not added. 0 gives everything back. */
export type CartLine = { readonly sku: string; readonly quantity: number; readonly listing?: string };

export type CartName = { readonly connection: string; readonly channel: string; readonly cart: string };

/** How events name a cart's hold. */
export const reservationOf = ({ channel, cart }: CartName): string => `${channel}:${cart}`;

export type ReserveCart = CartName & {
  readonly lines: readonly CartLine[];
  readonly ttlMillis?: number;
  /** Take what there is of each SKU instead of refusing the cart. */
  readonly partial?: boolean;
  /**
   * What the caller said, where the lines are not what was said (bundles): the same request is recognised by it on each
   * SKU, whatever its bundles stand for by then.
   */
  readonly said?: JsonObject;
};
/** Which SKUs the cart holds is the caller's to know: a cart has no stream of its own. */
export type ReleaseCart = CartName & { readonly skus: readonly string[] };
export type ExtendCart = CartName & { readonly skus: readonly string[]; readonly ttlMillis?: number };

/** What the cart holds of a SKU now, read from the SKU's state: never from the event that once reserved it. */
export type CartHold = {
  readonly sku: string;
  readonly held: number;
  readonly expiresAt?: Instant;
  /** Of what it holds, the units that have yet to come, and when. */
  readonly incoming?: readonly Backordered[];
  /** What was asked for, when a quantity was. */
  readonly requested?: number;
  /** Why this SKU holds less than was asked, or what kept it from answering. */
  readonly failure?: Failure<StockRefusal>;
};

/** What a hold says to whoever asked; none holds nothing. */
export const holdOfSku = (
  sku: string,
  hold: Pick<Held, 'quantity' | 'expiresAt' | 'incoming'> | undefined,
): CartHold =>
  hold === undefined
    ? { sku, held: 0 }
    : {
        ...{ sku, held: hold.quantity, expiresAt: hold.expiresAt },
        ...(hold.incoming && { incoming: hold.incoming }),
      };

export type CartAnswer =
  /** All of it, or with `partial` what there was. */
  | { readonly kind: 'held'; readonly lines: readonly CartHold[]; readonly position?: Position }
  /** Nothing has changed: `sku` was refused, and what had been reserved before it is undone. */
  | {
      readonly kind: 'not_held';
      readonly sku: string;
      readonly failure: Failure<StockRefusal>;
      readonly lines: readonly CartHold[];
    };

/**
 * One line per SKU, in the order of SKUs: two carts over the same SKUs then never undo each other in turns. Quantities of
 * one SKU are added; of listings that differ none is kept.
 */
export const mergedLines = (lines: readonly CartLine[]): readonly CartLine[] => {
  if (lines.length === 1) return lines;
  const merged = new Map<string, CartLine>();
  for (const line of lines) {
    const before = merged.get(line.sku);
    merged.set(line.sku, before === undefined ? line : together(before, line));
  }
  return [...merged.values()].toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
};

const together = (a: CartLine, b: CartLine): CartLine => ({
  sku: a.sku,
  quantity: a.quantity + b.quantity,
  ...(a.listing === undefined || a.listing !== b.listing ? {} : { listing: a.listing }),
});
