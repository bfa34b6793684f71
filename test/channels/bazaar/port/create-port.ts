import type { Capabilities, ChannelPort } from '#channel-kit';
import {
  capabilities as marketplaceCapabilities,
  createMarketplacePort,
  type MarketplaceOrder,
  type MarketplacePortOptions,
} from '../../marketplace/index.js';
import { effectsOf } from './effects.js';
import { writeOf } from './write.js';

export const capabilities: Capabilities = {
  ...marketplaceCapabilities,
  writesAre: 'done',
  comparesAndSets: true,
  decrementsItself: true,
  restocksItself: 'on_cancellation',
};

export type BazaarPortOptions = MarketplacePortOptions;

/**
 * A marketplace that counts down by itself, and takes a figure only from who knows the one that is shown. Offers and orders
 * are asked for as of any marketplace; writes and effects are its own.
 */
export const createBazaarPort = (options: BazaarPortOptions): ChannelPort<MarketplaceOrder> => ({
  ...createMarketplacePort(options),
  capabilities,
  write: writeOf(options.client),
  effects: effectsOf,
});
