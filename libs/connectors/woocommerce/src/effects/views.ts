/** A figure of stock in the shop: `20-0` of a product, or of a parent for its variations; `20-21` of a variation by itself. */
export type RowKey = `${number}-${number}`;

export const keyOf = (productId: number, variationId: number): RowKey => `${productId}-${variationId}`;

/** What is sold: a product, or one of its variations; 0: none. A variation is named with its product: some addresses lie below it. */
export type Sold = { readonly productId: number; readonly variationId: number };

/** What a row's key names; undefined for what is none. */
export const soldAt = (key: string): Sold | undefined => {
  const [, productId, variationId] = /^(\d{1,15})-(\d{1,15})$/u.exec(key) ?? [];
  return productId === undefined ? undefined : { productId: Number(productId), variationId: Number(variationId) };
};

/**
 * Where a line's units stand when the order is read, or why nowhere: `unmanaged`: the shop counts none of it; `gone`: the shop
 * does not have it any more.
 */
export type LineStock =
  | {
      readonly row: RowKey;
      /** It may be sold without being there: no checkout sets it aside then. */
      readonly mayBeOwed: boolean;
    }
  | { readonly none: 'unmanaged' | 'gone' };

/** One of `line_items`. */
export type OrderLine = {
  readonly id: number;
  /** 0 where the shop has forgotten what it was. */
  readonly productId: number;
  /** 0: none. */
  readonly variationId: number;
  readonly quantity: number;
  /** `_reduced_stock`: what the line has taken, as far as it says. None, and 0, are two things. */
  readonly reduced?: number;
  /** `_restock_refunded_items`: what refunds have put back. */
  readonly restocked?: number;
  readonly stock: LineStock;
};

export type OrderRefund = {
  readonly id: number;
  /** Units above 0, whether they were put back or not: the shop does not say. None where an amount alone was refunded. */
  readonly lines: readonly { readonly lineId: number; readonly quantity: number }[];
};

/** One order as REST showed it at one moment. Plain JSON. */
export type OrderView = {
  readonly id: number;
  /** `wc_order_` and thirteen random characters, made with the order: it tells a reused id from the same order. */
  readonly orderKey: string;
  /** The shop's own or one of a plugin; `trash` for one that was thrown away. */
  readonly status: string;
  /** `checkout`, `store-api`, `rest-api`, `admin`, or a word of a plugin. */
  readonly createdVia: string;
  readonly paymentMethod: string;
  readonly needsPayment: boolean;
  /** The hold at the ledger that the order was made of, where the shop's module has written it. */
  readonly reservation?: string;
  /** In UTC, `2026-11-20T23:02:56`, whole seconds of the shop's clock. */
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly paidAt?: string;
  /** Until then the shop counts what the checkout has set aside for this order. Milliseconds since 1970; none: it counts nothing. */
  readonly holdEndsAtMillis?: number;
  readonly lines: readonly OrderLine[];
  readonly refunds: readonly OrderRefund[];
};
