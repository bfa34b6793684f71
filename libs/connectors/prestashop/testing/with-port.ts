import { afterEach } from 'vitest';
import { startPrestashop, type PrestashopOptions } from '../../../../test/servers/prestashop/index.js';
import { createPrestashopPort, type PrestashopPortOptions, webserviceClient } from '../src/index.js';

/** A port on a shop of its own, for the length of a test. */
export const usePort = () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  return async (shop: Partial<PrestashopOptions> = {}, options: Partial<PrestashopPortOptions> = {}) => {
    const server = await startPrestashop({ version: '8.2', seed: 'products', ...shop });
    const client = webserviceClient({ base: `${server.url}/api/`, key: server.key });
    stops.push(async () => {
      await client.close();
      await server.stop();
    });
    return { server, shop: server.shop, client, port: createPrestashopPort({ client, ...options }) };
  };
};
