import { createFaultBook, type Faults } from './http/faults.js';
import type { RequestLog } from './http/request-log.js';
import { host, serve } from './http/serve.js';
import type { RestKey } from './rest/keys.js';
import { createWooCommerce, type Shop, type ShopOptions } from './shop/shop.js';

export type WooCommerceOptions = ShopOptions & {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Whether TLS ended before this server, as at a proxy; it does by default. Without TLS the shop looks at no keys. */
  readonly isSecure?: boolean;
  /** What the shop believes its address to be; where it listens by default. All links begin with it. */
  readonly address?: string;
};

export type WooCommerceServer = {
  /** Without a slash at its end. */
  readonly url: string;
  /** A key that may do everything, with its secret. */
  readonly key: string;
  readonly secret: string;
  /** All keys: a test adds one, or takes rights away. */
  readonly keys: Map<string, RestKey>;
  readonly shop: Shop;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly stop: () => Promise<void>;
};

export const mainKey = 'ck_0123456789abcdef0123456789abcdef01234567';
export const mainSecret = 'cs_0123456789abcdef0123456789abcdef01234567';

/** Starts a shop that speaks WooCommerce's REST v3; what it does not do stands in its README. */
export const startWooCommerce = async (options: WooCommerceOptions = {}): Promise<WooCommerceServer> => {
  const shop = createWooCommerce(options);
  const keys = new Map<string, RestKey>([[mainKey, { secret: mainSecret, rights: 'read_write', mayManage: true }]]);
  const faults = createFaultBook();
  let base = options.address ?? '';
  const rest = {
    ...{ context: shop.context, keys },
    get base() {
      return base;
    },
  };
  const server = await serve({ rest, faults }, options.port ?? 0, options.isSecure ?? true);
  const url = `http://${host}:${server.port}`;
  base ||= url;
  return {
    ...{ url, key: mainKey, secret: mainSecret, keys, shop, faults, requests: server.requests },
    stop: async () => {
      faults.heal();
      await server.stop();
    },
  };
};
