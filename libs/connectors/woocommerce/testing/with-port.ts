import { afterEach } from 'vitest';
import { startWooCommerce, type WooCommerceOptions } from '../../../../test/servers/woocommerce/index.js';
import { type ClientOptions, createWooCommercePort, restClient, type WooCommercePortOptions } from '../src/index.js';

const interfacePath = '/wp-json/wc/v3/';

/** A port on a shop of its own, for the length of a test. */
export const usePort = () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  return async (
    shop: WooCommerceOptions = {},
    options: Partial<WooCommercePortOptions> = {},
    access: Partial<ClientOptions> = {},
  ) => {
    const server = await startWooCommerce(shop);
    const { key, secret } = server;
    const client = restClient({ base: `${server.url}${interfacePath}`, key, secret, ...access });
    stops.push(async () => {
      await client.close();
      await server.stop();
    });
    return { server, shop: server.shop, client, port: createWooCommercePort({ client, ...options }) };
  };
};
