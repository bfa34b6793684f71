import { type Capabilities, type ChannelPort, createShopRows, type StateOverrides } from '#channel-kit';
import { effectsOf, pendingOf } from '../effects/index.js';
import { type Client, itemsOf, quantityMax, quantityMin, writeRowsMax } from '../rest/index.js';
import { cancelOf } from './cancel.js';
import { type Found, type PortContext } from './context.js';
import { describeWith } from './description/describe.js';
import { listingsOf } from './listings.js';
import { openOrdersOf } from './open-orders.js';
import { type WooCommerceOrder } from './order.js';
import { ordersSinceOf } from './orders-since.js';
import { orderOf } from './read-order.js';
import { rowsIn } from './rows.js';
import { surveyOf } from './survey.js';
import { verifyWebhookWith } from './webhook.js';
import { writeOf } from './write.js';

/** As measured on 10.5.2, without the plugin. */
export const capabilities: Capabilities = {
  rowsMax: writeRowsMax,
  writesAre: 'done',
  comparesAndSets: false,
  takesIdempotencyKeys: false,
  answersPerRow: true,
  quantityMin,
  quantityMax,
  decrementsItself: true,
  losesWrites: false,
  restocksItself: 'on_cancellation_and_refund',
  ordersBy: 'change_time',
  // PHP runs on when its client has gone: a host's limit of 30 s, and the time that a request waits for a process.
  requestMillisMax: 60_000,
};

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

/** A WooCommerce shop behind the port that all shops have. Nothing that a shop does makes it throw. */
export const createWooCommercePort = (options: WooCommercePortOptions): Required<ChannelPort<WooCommerceOrder>> => {
  const { client, webhookSecret, states = {}, holdStockMinutes, now = Date.now } = options;
  const items = itemsOf(client);
  const found: Found = { hasPlugin: false, lostPlugin: false, holdStockMinutes };
  const hearsWebhooks = webhookSecret !== undefined;
  const rows = createShopRows(rowsIn(items), (quantity) => quantity, now);
  const context: PortContext = { client, items, found, holdStockMinutes, hearsWebhooks, now, rows };
  return {
    get capabilities() {
      return { ...capabilities, comparesAndSets: found.hasPlugin };
    },
    survey: surveyOf(context),
    listings: listingsOf(context),
    readBack: rows.readBack,
    write: writeOf(context),
    ordersSince: ordersSinceOf(context),
    order: orderOf(context),
    openOrders: openOrdersOf(context, states),
    describe: describeWith(states),
    cancel: cancelOf(context),
    effects: (before, after) => effectsOf(before?.view, after?.view),
    pending: ({ view }, nowMillis) => pendingOf(view, nowMillis),
    verifyWebhook: verifyWebhookWith(webhookSecret),
  };
};
