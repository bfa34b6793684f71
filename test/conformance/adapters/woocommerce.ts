import { channelChecks } from '#testing';
import { createWooCommercePort, judgeWooCommerceSettings, restClient } from '#connectors/woocommerce';
import { restWorld } from '../../../libs/connectors/woocommerce/testing/world/rest-world.js';
import { countOf, type Adapter, type Env } from '../suite.js';
import { rowsOf, shopSuiteOf, skusIn } from './shop.js';

/**
 * A shop, real or not, asked by its REST interface alone. It writes the rows of the named references and nothing else, makes
 * paid orders of them and cancels these, and writes back at the end what the rows showed at first.
 */
export const woocommerce: Adapter = {
  variable: 'WOOCOMMERCE_URL',
  also: ['WOOCOMMERCE_KEY', 'WOOCOMMERCE_SECRET', 'WOOCOMMERCE_SKUS'],
  count: countOf(channelChecks),
  open: async (address, env) => {
    const access = accessOf(address, env);
    const client = restClient(access);
    try {
      const rows = await rowsOf(createWooCommercePort({ client }), skusIn(env, 'WOOCOMMERCE_SKUS'));
      return shopSuiteOf(await restWorld(access, rows));
    } finally {
      await client.close();
    }
  },
};

/** @throws where the address is none */
const accessOf = (address: string, env: Env) => {
  const verdict = judgeWooCommerceSettings({ url: address });
  if (verdict.kind === 'unfit') throw new Error(verdict.detail);
  return {
    base: verdict.settings.url,
    key: env['WOOCOMMERCE_KEY'] ?? '',
    secret: env['WOOCOMMERCE_SECRET'] ?? '',
  };
};
