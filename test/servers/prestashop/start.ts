import { createPrestashop, type Shop, type ShopOptions } from './shop/shop.js';
import { measuredCosts, type Costs } from './http/costs.js';
import { createFaultBook, type Faults } from './http/faults.js';
import type { RequestLog } from './http/request-log.js';
import type { Backup } from './shop/tables.js';
import { host, serve, type Tls } from './http/serve.js';
import type { WsKey } from './webservice/keys.js';

export type PrestashopOptions = ShopOptions & {
  /** Begins with these tables in place of a seed. */
  readonly backup?: Backup;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly tls?: Tls;
  /** What the shop believes its address to be; where it listens by default. All links begin with it. */
  readonly address?: string;
  /** `none` by default: as fast as it can. */
  readonly costs?: 'none' | 'measured' | Costs;
};

export type PrestashopServer = {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** A key that may do everything. */
  readonly key: string;
  /** All keys: a test adds one, or takes rights away. */
  readonly keys: Map<string, WsKey>;
  readonly shop: Shop;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly setCosts: (costs: 'none' | 'measured' | Costs) => void;
  readonly stop: () => Promise<void>;
};

export const mainKey = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ123456';

const costsOf = (costs: 'none' | 'measured' | Costs): Costs | undefined => {
  if (costs === 'none') return undefined;
  return costs === 'measured' ? measuredCosts : costs;
};

/** Starts a shop that speaks PrestaShop's webservice; what it does not do stands in its README. */
export const startPrestashop = async (options: PrestashopOptions): Promise<PrestashopServer> => {
  const shop = createPrestashop(options);
  if (options.backup !== undefined) shop.restore(options.backup);
  const keys = new Map<string, WsKey>([[mainKey, { active: true, rights: 'all' }]]);
  const faults = createFaultBook();
  let costs = costsOf(options.costs ?? 'none');
  let base = options.address ?? '';
  const site = {
    context: shop.context,
    keys,
    faults,
    costs: () => costs,
    get base() {
      return base;
    },
  };
  const server = await serve({ site, port: options.port ?? 0, tls: options.tls });
  const url = `${options.tls === undefined ? 'http' : 'https'}://${host}:${server.port}`;
  base ||= url;
  return {
    url,
    port: server.port,
    key: mainKey,
    keys,
    shop,
    faults,
    requests: server.requests,
    setCosts: (next) => void (costs = costsOf(next)),
    stop: async () => {
      faults.heal();
      await server.stop();
    },
  };
};
