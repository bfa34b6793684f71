import type { CartRow } from './rows.js';

/** What a module of the shop does in the shopper's own requests. Undefined lets the shopper pass. */
export type ShopModule = {
  /** The payment step is about to be shown: once for each display. */
  readonly onPaymentStep?: (cart: CartRow) => Promise<Stop | undefined>;
  /** Early in the payment's request, and again when an order is about to be written. */
  readonly beforeOrder?: (cart: CartRow, about: Paying) => Promise<Stop | undefined>;
  /** When the request has ended, with or without an order: locks are let go. */
  readonly afterPayment?: (cart: CartRow) => void;
  /** Something happened that the module tells others: each of these hooks writes a row. */
  readonly outbox?: (row: OutboxRow) => void;
};

/** Back to the cart with the reason, on to an order that is there already, or a bare status for a provider. */
export type Stop =
  | { readonly kind: 'cart'; readonly message: string }
  | { readonly kind: 'confirmation'; readonly order: number }
  | { readonly kind: 'error'; readonly status: number };

export type Paying = {
  /** A payment provider's own request: it has no shopper who could be led anywhere. */
  readonly callback: boolean;
  readonly point: 'request' | 'order';
};

export type Hook =
  | 'actionValidateOrder'
  | 'actionValidateOrderAfter'
  | 'actionOrderHistoryAddAfter'
  | 'actionProductCancel'
  | 'actionOrderSlipAdd'
  | 'actionOrderEdited';

export type OutboxRow = {
  readonly hook: Hook;
  readonly order: number;
  /** In the shop's own time. */
  readonly at: string;
};
