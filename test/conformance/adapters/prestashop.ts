import { channelChecks } from '#testing';
import { createPrestashopPort, webserviceClient } from '#connectors/prestashop';
import { webserviceWorld } from '../../../libs/connectors/prestashop/testing/world/webservice-world.js';
import { countOf, type Adapter } from '../suite.js';
import { rowsOf, shopSuiteOf, skusIn } from './shop.js';

/**
 * A shop, real or not, asked by its webservice alone. It writes the rows of the named references and nothing else, makes
 * orders of them and cancels these, and writes back at the end what the rows showed at first.
 */
export const prestashop: Adapter = {
  variable: 'PRESTASHOP_URL',
  also: ['PRESTASHOP_KEY', 'PRESTASHOP_SKUS'],
  count: countOf(channelChecks),
  open: async (address, env) => {
    const base = baseOf(address);
    const key = env['PRESTASHOP_KEY'] ?? '';
    const client = webserviceClient({ base, key });
    try {
      const rows = await rowsOf(createPrestashopPort({ client }), skusIn(env, 'PRESTASHOP_SKUS'));
      return shopSuiteOf(await webserviceWorld(base, key, rows));
    } finally {
      await client.close();
    }
  },
};

/** The webservice of a shop stands in its folder `api`. */
const baseOf = (address: string): string => `${address.replace(/\/+$/u, '').replace(/\/api$/u, '')}/api/`;
