import {
  type Capabilities,
  type ChannelPort,
  createShopRows,
  type StateOverrides,
  verifyModuleMessageWith,
} from '#channel-kit';
import { type Client, quantityMax, quantityMin, writeRowsMax } from '../webservice/index.js';
import { cancelOf } from './cancel.js';
import { describeWith } from './description/describe.js';
import { effectsOf, pendingOf } from './effects.js';
import { ordersSinceOf } from './feed/orders-since.js';
import { inShop } from './in-shop.js';
import { listingsOf } from './listings.js';
import { openOrdersOf } from './open-orders.js';
import { type PrestashopOrder } from './order.js';
import { orderOf } from './read-order.js';
import { rowsIn } from './rows.js';
import { settingsReader } from './settings.js';
import { type PortContext } from './shop.js';
import { writeOf } from './write.js';

/** As measured on 8.2.1 and 9.1.4; 1.7.8 was read. */
export const capabilities: Capabilities = {
  rowsMax: writeRowsMax,
  writesAre: 'done',
  comparesAndSets: false,
  takesIdempotencyKeys: false,
  answersPerRow: false,
  quantityMin,
  quantityMax,
  decrementsItself: true,
  losesWrites: true,
  restocksItself: 'on_cancellation_and_refund',
  ordersBy: 'both',
  // PHP runs on when its client has gone: a host's limit of 30 s, and the time that a request waits for a process.
  requestMillisMax: 60_000,
};

export type PrestashopPortOptions = {
  /** Whoever made it closes it. */
  readonly client: Client;
  /** Of several shops of one installation the channel's, or one of its sharing group. */
  readonly shopId?: number;
  /** Shared with the module in the shop; without it no message of it is believed. */
  readonly webhookSecret?: string;
  /** What states mean, by their ids, where the shop's own settings do not say it or say something else. */
  readonly states?: StateOverrides;
  /** The state that cancels an order, where it is not the one that the shop has configured. */
  readonly cancelledStateId?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/** A state that we cancel by means cancelled, whatever its flags say. */
const overridesOf = ({ states = {}, cancelledStateId }: PrestashopPortOptions): StateOverrides => ({
  ...(cancelledStateId !== undefined && { [cancelledStateId]: { payment: 'cancelled', issued: false } }),
  ...states,
});

/** A PrestaShop shop behind the port that all shops have. Nothing that a shop does makes it throw. */
export const createPrestashopPort = (options: PrestashopPortOptions): ChannelPort<PrestashopOrder> => {
  const { shopId, webhookSecret, cancelledStateId, now = Date.now } = options;
  const { client, settings } = inShop(options.client, shopId, (one) => settingsReader(one, now));
  const context: PortContext = {
    ...{ client, shopId, now, settings },
    rows: createShopRows(rowsIn(client), ({ quantity }) => quantity, now),
  };
  return {
    capabilities,
    listings: listingsOf(context),
    readBack: context.rows.readBack,
    write: writeOf(context),
    ordersSince: ordersSinceOf(context),
    order: orderOf(context),
    openOrders: openOrdersOf(context, overridesOf(options)),
    describe: describeWith(overridesOf(options)),
    cancel: cancelOf(context, cancelledStateId),
    effects: effectsOf,
    pending: pendingOf,
    verifyWebhook: verifyModuleMessageWith(webhookSecret),
  };
};
