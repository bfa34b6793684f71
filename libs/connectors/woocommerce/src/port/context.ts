import { type ShopRows } from '#channel-kit';
import { type Client, type Items } from '../rest/index.js';

/** What the shop has, as it was found last. */
export type Found = {
  /** The plugin of the ledger answers there. */
  hasPlugin: boolean;
  /** It has answered before, and does not any more. */
  lostPlugin: boolean;
  /** `woocommerce_hold_stock_minutes`; undefined: nobody knows, and its checkouts are taken for setting nothing aside. */
  holdStockMinutes: number | undefined;
};

/** What every question of the port works with. */
export type PortContext = {
  readonly client: Client;
  readonly items: Items;
  readonly found: Found;
  /** What a person has said of the shop's `woocommerce_hold_stock_minutes`. */
  readonly holdStockMinutes: number | undefined;
  /** Whether messages of its webhooks are believed. */
  readonly hearsWebhooks: boolean;
  /** Milliseconds of our own clock. */
  readonly now: () => number;
  /** Their figures. */
  readonly rows: ShopRows<number>;
};
