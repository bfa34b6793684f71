import { createLogger, readConfig } from '#platform';
import { startStandalone, type Standalone } from '#apps/standalone';
import { forkPrestashop, type PrestashopProcess } from '../../servers/prestashop/index.js';
import type { BenchContext } from '../support/bench.js';
import { callerOf, piecesOf, receiptOf, stepTo, type Call } from './caller.js';

/** A service, a shop with the measured costs of its webservice, and as many products as the bench wants. */
export type BenchChannel = {
  readonly service: Standalone;
  readonly shop: PrestashopProcess;
  readonly skus: readonly string[];
  readonly call: Call;
  readonly step: (rung: string) => Promise<void>;
};

const key32 = Buffer.alloc(32, 1).toString('base64');

/** Ledger and shop with the same SKUs; the shop shows `inShop` of each, the ledger has `inLedger`. */
export const openChannel = async (
  { server, scope, say }: BenchContext,
  count: number,
  { inShop, inLedger }: { readonly inShop: number; readonly inLedger: number },
): Promise<BenchChannel> => {
  const shop = await forkPrestashop({ version: '9.1', costs: 'measured' });
  scope.add('the shop', shop.kill);
  const skus = Array.from({ length: count }, (_, nth) => `SKU-${String(nth).padStart(6, '0')}`);
  const products: string[] = [];
  for (const reference of skus)
    products.push(String(await shop.call('shop.createProduct', { reference, quantity: inShop })));
  const config = readConfig({
    ...{ DATABASE_URL: await server.createDatabase('bench_channel'), PORT: '0', CHANNEL_SECRETS_KEY: key32 },
    RATE_LIMIT_PER_SECOND: '100000',
  });
  const service = await startStandalone(
    config,
    createLogger('warn', say, () => new Date().toISOString()),
  );
  scope.add('the service', service.stop);
  const call = callerOf(service.url, service.firstKey ?? '');
  await call('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  await call('POST', '/v1/channels', { channel: 'web', connection: 'shop', locations: ['wh1'] });
  for (const piece of piecesOf(skus.map((sku, nth) => ({ sku, product: products[nth] }))))
    await call('PUT', '/v1/channels/web/listings', { listings: piece });
  for (const piece of piecesOf(skus))
    await call('POST', '/v1/movements/batch', { items: piece.map((sku) => receiptOf(sku, inLedger)) });
  await call('POST', '/v1/channels/web/connector', {
    ...{ kind: 'prestashop', settings: { url: shop.url }, secrets: { key: shop.key }, reason: 'bench' },
  });
  const step = (rung: string): Promise<void> => stepTo(call, 'web', rung);
  return { service, shop, skus, call, step };
};
