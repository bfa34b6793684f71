import { type ChannelPort, type ShopRows, type StateOverrides } from '#channel-kit';
import { type StockRoute } from '#shop-http';
import { type OrderView } from '../effects/views.js';
import { type Client } from '../rest/client.js';
import { type Items } from '../rest/items.js';

/** An order as it is kept between two readings: the view of the model, and what else describes it. Plain JSON. */
export type WooCommerceOrder = {
  readonly view: OrderView;
  /** When the shop called it completed last, `2026-11-20T23:02:56` in UTC. */
  readonly completedAt?: string;
  /** Id and date of each refund. */
  readonly refundedAt: readonly (readonly [number, string])[];
  /** Milliseconds of our own clock, when all of it was read. */
  readonly readAtMillis: number;
};

export type WooCommercePort = Required<ChannelPort<WooCommerceOrder>>;

export type WooCommercePortOptions = {
  /** Whoever made it closes it. */
  readonly client: Client;
  /** Shared with the webhooks of the shop; without it no message of them is believed. */
  readonly webhookSecret?: string;
  /** What statuses mean, by their names, where they are the shop's own or mean something else there. */
  readonly states?: StateOverrides;
  /** How long a checkout keeps units for an order that is not paid, as long as the shop itself has not said it. */
  readonly holdStockMinutes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** What every question of the port works with. */
export type PortContext = Required<Pick<WooCommercePortOptions, 'client' | 'states' | 'now'>> & {
  readonly options: WooCommercePortOptions;
  readonly items: Items;
  /** Sets figures where they show what is expected, as long as it is there. */
  readonly plugin: StockRoute;
  /** What the shop says of itself, as it was found last. */
  readonly found: {
    /** `woocommerce_hold_stock_minutes`; undefined: nobody knows, and its checkouts are taken for setting nothing aside. */
    holdStockMinutes: number | undefined;
  };
  /** Their figures. */
  readonly rows: ShopRows<number>;
};

/** An id as the shop writes it in its addresses. */
export const isId = (id: string): boolean => /^[1-9]\d{0,14}$/u.test(id);
