import type { Hold, Order, Product, Webhook } from './rows.js';

/** Where an act may be divided: what it has read, it has not yet answered with a write. */
export type PausePoint =
  /** The status of an order is saved, its stock is not moved yet. */
  | { readonly at: 'status'; readonly order: number }
  /** A product was read to be written. */
  | { readonly at: 'product'; readonly product: number }
  /** A checkout has looked at stock and has not made its order yet. */
  | { readonly at: 'checkout' };

/** Undefined lets the act go on at once. */
export type Pause = (point: PausePoint) => Promise<void> | undefined;

export type StockWrite = {
  readonly product: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly at: number;
  readonly cause: 'order' | 'product' | 'behind';
};

export type Settings = {
  /** `woocommerce_hold_stock_minutes`; 0 and undefined: no checkout sets anything aside. */
  readonly holdStockMinutes: number | undefined;
  /** `woocommerce_manage_stock`: without it nothing moves. */
  readonly managesStock: boolean;
  /** Whether WooCommerce is switched on in WordPress. */
  readonly isActive: boolean;
  /** A plugin of the shop lets stock be counted in parts of a unit. */
  readonly countsParts: boolean;
  /** How far the shop's own time is ahead of UTC. */
  readonly zoneMinutes: number;
  /** Whether the ledger's plugin is active there: its route sets figures where they are what was expected. */
  readonly hasPlugin: boolean;
};

/** The database, the time and the settings of one shop. */
export type Context = {
  readonly products: Map<number, Product>;
  readonly orders: Map<number, Order>;
  readonly holds: Set<Hold>;
  readonly webhooks: Map<number, Webhook>;
  readonly writes: StockWrite[];
  readonly now: () => number;
  readonly settings: Settings;
  /** Posts of all kinds share one counter. */
  readonly nextId: () => number;
  readonly nextLineId: () => number;
  /** Holds an act at a point, where somebody wants that. */
  readonly pause: (point: PausePoint) => Promise<void> | undefined;
};

/** The row, which must be there. */
export const orderOf = (context: Context, id: number): Order => {
  const order = context.orders.get(id);
  if (order === undefined) throw new Error(`There is no order ${id}`);
  return order;
};

export const productOf = (context: Context, id: number): Product => {
  const product = context.products.get(id);
  if (product === undefined) throw new Error(`There is no product ${id}`);
  return product;
};
