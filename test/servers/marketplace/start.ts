import { createFaultBook, type Faults } from './http/faults.js';
import { createLimiter, type Limits } from './http/limits.js';
import { serve, type HttpServer } from './http/serve.js';
import { createMarketplace, type Marketplace, type MarketplaceOptions } from './market/marketplace.js';

export type MarketplaceServerOptions = MarketplaceOptions & {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** None by default. */
  readonly limits?: Limits;
};

export type MarketplaceServer = {
  /** Without a slash at its end. */
  readonly url: string;
  /** A token that may do everything; it never ends. */
  readonly token: string;
  readonly market: Marketplace;
  readonly faults: Faults;
  readonly requests: HttpServer['requests'];
  readonly limit: (limits: Limits) => void;
  readonly stop: () => Promise<void>;
};

const token = 'marketplace-token';

/** Starts a marketplace that accepts figures one at a time and shows them later, or counts down; what it does not do stands in its README. */
export const startMarketplace = async (options: MarketplaceServerOptions = {}): Promise<MarketplaceServer> => {
  const market = createMarketplace(options);
  const faults = createFaultBook();
  let limits = options.limits ?? {};
  const allow = createLimiter(market.now, () => limits);
  const { url, requests, stop } = await serve({ market, keys: new Set([token]), faults, allow }, options.port ?? 0);
  return {
    ...{ url, token, market, faults, requests },
    limit: (next) => void (limits = next),
    stop: async () => {
      faults.heal();
      await stop();
    },
  };
};
