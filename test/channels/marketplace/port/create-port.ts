import { setTimeout as wait } from 'node:timers/promises';
import type { Capabilities, ChannelPort } from '#channel-kit';
import type { MarketplaceClient } from '../client/client.js';
import { cancelOf } from './cancel.js';
import type { PortContext } from './context.js';
import { describe } from './describe.js';
import { openOrdersOf, ordersSinceOf } from './feed.js';
import { listingsOf } from './listings.js';
import { orderOf, type MarketplaceOrder } from './order.js';
import { readBackOf } from './read-back.js';
import { writeBounds, writeOf } from './write.js';

export const capabilities: Capabilities = {
  ...writeBounds,
  writesAre: 'accepted',
  comparesAndSets: false,
  takesIdempotencyKeys: false,
  answersPerRow: true,
  decrementsItself: false,
  losesWrites: false,
  restocksItself: 'never',
  ordersBy: 'change_time',
  // What was accepted is shown within seconds, and in the order of acceptance.
  requestMillisMax: 60_000,
};

export type MarketplacePortOptions = {
  /** Whoever made it closes it. */
  readonly client: MarketplaceClient;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly sleep?: PortContext['sleep'];
  /** How long a write waits until what was accepted is shown. */
  readonly applyMillisMax?: number;
};

const applyMillisDefault = 5_000;

/** A wait that is given up ends like one that is over. */
const sleepDefault: PortContext['sleep'] = (millis, signal) =>
  wait(millis, undefined, { signal }).catch(() => undefined);

/** The marketplace behind the port that all shops have. It does nothing to its own rows: an order leaves them as they are. */
export const createMarketplacePort = (options: MarketplacePortOptions): ChannelPort<MarketplaceOrder> => {
  const { client, now = Date.now, sleep = sleepDefault, applyMillisMax = applyMillisDefault } = options;
  const context: PortContext = { client, now, sleep, applyMillisMax };
  return {
    capabilities,
    listings: listingsOf(context),
    readBack: readBackOf(context),
    write: writeOf(context),
    ordersSince: ordersSinceOf(context),
    order: orderOf(context),
    openOrders: openOrdersOf(context),
    describe,
    cancel: cancelOf(context),
    effects: () => new Map(),
    pending: () => new Map(),
    verifyWebhook: () => undefined,
  };
};
