import { type Capabilities, type ChannelPort, createRowsRead, type StateOverrides } from '#channel-kit';
import { effectsOf, pendingOf } from '../effects/index.js';
import { type Client, itemsOf, quantityMax, quantityMin, writeRowsMax } from '../rest/index.js';
import { cancelOf } from './cancel.js';
import { type PortContext } from './context.js';
import { describeWith } from './description/describe.js';
import { listingsOf } from './listings.js';
import { openOrdersOf } from './open-orders.js';
import { type WooCommerceOrder } from './order.js';
import { ordersSinceOf } from './orders-since.js';
import { readBackOf } from './read-back.js';
import { orderOf } from './read-order.js';
import { verifyWebhookWith } from './webhook.js';
import { writeOf } from './write.js';

/** As measured on 10.5.2. */
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
  /** How long a checkout keeps units for an order that is not paid; without it the shop keeps none. */
  readonly holdStockMinutes?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** A WooCommerce shop behind the port that all shops have. Nothing that a shop does makes it throw. */
export const createWooCommercePort = (options: WooCommercePortOptions): ChannelPort<WooCommerceOrder> => {
  const { client, webhookSecret, states = {}, holdStockMinutes, now = Date.now } = options;
  const items = itemsOf(client);
  const context: PortContext = { client, items, holdStockMinutes, now, rowsRead: createRowsRead(now) };
  return {
    capabilities,
    listings: listingsOf(context),
    readBack: readBackOf(context),
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
