import { startServer, type LedgerServer } from '../../../e2e/harness.js';
import type { Shop } from './shop.js';

/** A ledger with one location and the shop's channel, and its connection's key with the two scopes that the module needs. */
export type ShopLedger = LedgerServer & { readonly shopKey: string };

export const startLedgerOfShop = async (): Promise<ShopLedger> => {
  const server = await startServer();
  await server.ok('POST', '/v1/locations', { location: 'wh1', author: 'operator' });
  const backorder = { horizonDays: 30 };
  const channel = { channel: 'shop', connection: 'prestashop', locations: ['wh1'], backorder };
  await server.ok('POST', '/v1/channels', channel);
  return { ...server, shopKey: await server.keyFor('prestashop', 'reservations:write', 'stock:read') };
};

export const receive = (ledger: LedgerServer, sku: string, quantity: number): Promise<unknown> =>
  ledger.ok('POST', '/v1/movements', { kind: 'receipt', sku, location: 'wh1', quantity, sourceKey: `opening-${sku}` });

/**
 * Points the module at the ledger. It may wait as long as it can be told to: what a cart gets is looked at here, on a machine
 * that does much else, and not how soon.
 */
export const connect = (shop: Shop, { url, shopKey }: ShopLedger): Promise<void> =>
  shop.set({ URL: url, KEY: shopKey, CHANNEL: 'shop', BUDGET_MILLIS: '2000' });
