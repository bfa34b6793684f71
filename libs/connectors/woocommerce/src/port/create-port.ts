import { type Capabilities, createShopRows } from '#channel-kit';
import { effectsOf } from '../effects/effects-of.js';
import { pendingOf } from '../effects/pending.js';
import { itemsOf } from '../rest/items.js';
import { type PortContext, type WooCommercePort, type WooCommercePortOptions } from './context.js';
import { describeWith } from './description/describe.js';
import { openOrdersOf, ordersSinceOf } from './orders-since.js';
import { listingsOf } from './listings.js';
import { cancelOf, orderOf } from './order.js';
import { rowsIn } from './rows.js';
import { surveyOf } from './survey.js';
import { verifyWebhookWith } from './webhook.js';
import { pluginIn, writeBounds, writeOf } from './write.js';

/** As measured on 10.5.2, without the plugin. */
export const capabilities: Capabilities = {
  ...writeBounds,
  writesAre: 'done',
  comparesAndSets: false,
  takesIdempotencyKeys: false,
  answersPerRow: true,
  decrementsItself: true,
  losesWrites: false,
  restocksItself: 'on_cancellation_and_refund',
  ordersBy: 'change_time',
  // PHP runs on when its client has gone: a host's limit of 30 s, and the time that a request waits for a process.
  requestMillisMax: 60_000,
};

/** A WooCommerce shop behind the port that all shops have. Nothing that a shop does makes it throw. */
export const createWooCommercePort = (options: WooCommercePortOptions): WooCommercePort => {
  const { client, states = {}, now = Date.now } = options;
  const items = itemsOf(client);
  const plugin = pluginIn(client);
  const found = { holdStockMinutes: options.holdStockMinutes };
  const rows = createShopRows(rowsIn(items), (quantity) => quantity, now);
  const context: PortContext = { options, client, states, now, items, plugin, found, rows };
  return {
    get capabilities() {
      return { ...capabilities, comparesAndSets: plugin.isThere() };
    },
    survey: surveyOf(context),
    listings: listingsOf(context),
    readBack: rows.readBack,
    write: writeOf(context),
    ordersSince: ordersSinceOf(context),
    order: orderOf(context),
    openOrders: openOrdersOf(context),
    describe: describeWith(states),
    cancel: cancelOf(context),
    effects: (before, after) => effectsOf(before?.view, after?.view),
    pending: ({ view }, nowMillis) => pendingOf(view, nowMillis),
    verifyWebhook: verifyWebhookWith(options.webhookSecret),
  };
};
