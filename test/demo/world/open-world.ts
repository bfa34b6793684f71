import type { ChannelSetUp } from '../ledger/set-up.js';
import type { DemoChannel } from '../ledger/connect.js';
import { startMarketplaceSeller, type MarketplaceSeller } from './marketplace-seller.js';
import { startPrestashopSeller, type PrestashopSeller } from './prestashop-seller.js';
import type { Seller } from './seller.js';
import { startWooCommerceSeller, type WooCommerceSeller } from './woocommerce-seller.js';

/** Three shops that sell everything, and a marketplace that sells a part of it. */
export type World = {
  readonly prestashops: readonly PrestashopSeller[];
  readonly wooCommerce: WooCommerceSeller;
  readonly marketplace: MarketplaceSeller;
  readonly sellers: readonly Seller[];
  readonly stop: () => Promise<void>;
};

/** One product of so many is sold at the marketplace too. */
const marketplaceEvery = 4;
/** The marketplace cannot ask before it sells: so much of each product it is not shown. */
export const marketplaceBufferUnits = 2;

export const openWorld = async (stock: ReadonlyMap<string, number>, asksFirst: boolean): Promise<World> => {
  const prestashops = [
    await startPrestashopSeller({ channel: 'shop_nl', version: '8.2', stock, asksFirst }),
    await startPrestashopSeller({ channel: 'shop_de', version: '9.1', stock, asksFirst }),
  ];
  const wooCommerce = await startWooCommerceSeller({ channel: 'shop_fr', stock, asksFirst });
  const some = new Map([...stock].filter((_, index) => index % marketplaceEvery === 0));
  const marketplace = await startMarketplaceSeller('market', some);
  const sellers = [...prestashops, wooCommerce, marketplace];
  return {
    ...{ prestashops, wooCommerce, marketplace, sellers },
    stop: async () => {
      await Promise.all(sellers.map(({ server }) => server.stop()));
    },
  };
};

const listingsOf = (skus: Iterable<string>, idOf: (sku: string) => string): ReadonlyMap<string, string> =>
  new Map([...skus].map((sku) => [sku, idOf(sku)]));

const wooSecretsOf = ({ server: { key, secret }, messageSecret }: WooCommerceSeller) => ({
  ...{ key, secret, webhookSecret: messageSecret },
});

/** The world's channels, as the workers connect to them. */
export const channelsOf = ({ prestashops, wooCommerce, marketplace }: World): readonly DemoChannel[] => [
  ...prestashops.map((shop): DemoChannel => ({
    ...{ channel: shop.channel, kind: 'prestashop', settings: { url: shop.server.url } },
    secrets: { key: shop.server.key, webhookSecret: shop.messageSecret },
    listings: listingsOf(shop.shown().keys(), (sku) => String(shop.productOf(sku))),
  })),
  {
    ...{ channel: wooCommerce.channel, kind: 'woocommerce' },
    settings: { url: wooCommerce.server.url, holdStockMinutes: wooCommerce.holdStockMinutes },
    secrets: wooSecretsOf(wooCommerce),
    listings: listingsOf(wooCommerce.shown().keys(), (sku) => String(wooCommerce.productOf(sku))),
  },
  {
    ...{ channel: marketplace.channel, kind: 'marketplace', settings: { url: marketplace.server.url } },
    secrets: { key: marketplace.server.token },
    listings: listingsOf(marketplace.shown().keys(), marketplace.offerOf),
  },
];

/** And as the ledger is told of them. */
export const setUpsOf = (channels: readonly DemoChannel[]): readonly ChannelSetUp[] =>
  channels.map(({ channel, kind, listings }) => ({
    ...{ seller: { channel }, listings },
    bufferUnits: kind === 'marketplace' ? marketplaceBufferUnits : 0,
  }));
