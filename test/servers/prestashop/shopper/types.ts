import type { Context } from '../shop/context.js';
import type { CartRow } from '../shop/rows.js';

/** Where the shopper is led. */
export type Page =
  /** Taken into the cart, or shown the step that was asked for. */
  | { readonly kind: 'shown'; readonly step: CheckoutStep | 'cart' }
  | { readonly kind: 'cart'; readonly message: string }
  | { readonly kind: 'confirmation'; readonly order: number }
  /** The shop's own page of an error, or what a module answers to a provider. */
  | { readonly kind: 'error'; readonly status: number };

export type CheckoutStep = 'personal_information' | 'addresses' | 'delivery' | 'payment';

export type Payment = {
  readonly cart: number;
  /** The state that the payment module asks for: 10 by wire, 2 when money has moved. */
  readonly state?: number;
  readonly module?: string;
  /** Server to server, without the shopper's cookie. */
  readonly callback?: boolean;
};

export type Shopper = {
  /** Refused where the row says so. Returns the cart; a new one where none is given. */
  readonly addToCart: (line: CartRow['lines'][number], cart?: number) => { readonly cart: number; readonly page: Page };
  /** The order page, at a step: the stock is looked at every time. */
  readonly checkoutStep: (cart: number, step: CheckoutStep) => Promise<Page>;
  /** `order?ajax=1&action=checkCartStillOrderable`. */
  readonly checkCart: (cart: number) => { readonly errors: boolean };
  /** The payment module's validation: nothing looks at the stock, and nothing at orders of this cart. */
  readonly pay: (payment: Payment) => Promise<Page>;
};

export type ShopperOptions = {
  readonly context: Context;
  /** Where the shopper buys; the first shop by default. */
  readonly shop?: number;
};
